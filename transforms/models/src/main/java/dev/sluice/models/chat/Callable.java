package dev.sluice.models.chat;

/** What a template can call. */
interface Callable {

  Object call(Arguments arguments);
}
