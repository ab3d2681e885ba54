package dev.sluice.models.chat;

/** Python's None, JSON's null. */
enum None {
  NONE
}
