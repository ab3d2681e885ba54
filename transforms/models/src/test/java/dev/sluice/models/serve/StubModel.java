package dev.sluice.models.serve;

import dev.sluice.models.ModelInfo;

/** A model of ten tokens that says nothing, for tests of what is around it. */
abstract class StubModel implements ServedModel {
  @Override
  public ModelInfo info() {
    return new ModelInfo("stub", "1", 100, 1);
  }

  @Override
  public int vocabulary() {
    return 10;
  }

  @Override
  public int[] encodePrompt(String text) {
    return new int[] {1};
  }

  @Override
  public String decode(int[] tokens) {
    return "";
  }

  @Override
  public void close() {}
}
