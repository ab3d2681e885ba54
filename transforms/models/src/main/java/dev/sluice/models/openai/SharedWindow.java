package dev.sluice.models.openai;

import dev.sluice.models.openai.wire.Protocol;
import dev.sluice.models.provider.OpenAiSpec;

/**
 * The window of a model in this process, and what was learned about its server. Shared by all that
 * have the model open.
 */
final class SharedWindow {
  private final OpenWindows windows;
  private final Key key;
  private final Window window;
  private final Protocol protocol;
  private volatile boolean oneByOne;
  private volatile boolean takesSchema = true;

  /** What makes windows different. */
  record Key(OpenAiSpec spec, int workers) {}

  SharedWindow(OpenWindows windows, Key key, Window window, Protocol protocol) {
    this.windows = windows;
    this.key = key;
    this.window = window;
    this.protocol = protocol;
  }

  void release() {
    windows.release(this);
  }

  Key key() {
    return key;
  }

  Window window() {
    return window;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Whether the server gives one sample a request. */
  boolean oneByOne() {
    return oneByOne;
  }

  /** Whether the server is told of the schema of a reply. */
  boolean takesSchema() {
    return takesSchema;
  }

  /** The server refuses a request that tells of a schema, and takes it without. */
  void learnWithoutSchema() {
    takesSchema = false;
    protocol.warnOfSchema();
  }

  void learnOneByOne() {
    oneByOne = true;
  }
}
