package dev.sluice.jinja.value;

/** Python's None, JSON's null. */
public enum None {
  NONE
}
