package dev.sluice.parts;

/** A plugin that cannot be used. The message is a sentence for the person who installed it. */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PluginException(String message) {
    super(message);
  }

  PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
