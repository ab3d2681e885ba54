package dev.sluice.jinja.value;

/** What a template can call. */
public interface Callable {

  Object call(Arguments arguments);
}
