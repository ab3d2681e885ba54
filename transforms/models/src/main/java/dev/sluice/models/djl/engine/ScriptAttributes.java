package dev.sluice.models.djl.engine;

import dev.sluice.models.directory.Activation;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.directory.Rope;
import dev.sluice.models.directory.Traits;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** The attributes of {@code decoder.py}, as a pickle (protocol 2) of its module object. */
final class ScriptAttributes {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private ScriptAttributes() {}

  /**
   * @param adapted whether adapters stand beside the matrices
   */
  static byte[] of(ModelConfig config, boolean half, boolean adapted) throws IOException {
    ScriptAttributes pickle = new ScriptAttributes();
    pickle.write(config, half, adapted);
    return pickle.bytes.toByteArray();
  }

  private void write(ModelConfig config, boolean half, boolean adapted) throws IOException {
    Traits traits = config.traits();
    LayerSlots slots = new LayerSlots(config, adapted);
    List<Rope> ropes = traits.ropes();
    out.write(new byte[] {(byte) 0x80, 2});
    out.writeBytes("c__torch__\nDecoder\n)\u0081}(");
    integer("layers", config.layers());
    integer("heads", config.heads());
    integer("key_value_heads", config.keyValueHeads());
    integer("head_dim", config.headDim());
    number("epsilon", config.rmsNormEpsilon());
    integer("stride", slots.count());
    integer("activation", number(traits.activation()));
    integer("query_bias", slots.place(LayerSlots.QUERY_BIAS));
    integer("output_bias", slots.place(LayerSlots.OUTPUT_BIAS));
    integer("gate_bias", slots.place(LayerSlots.GATE_BIAS));
    integer("down_bias", slots.place(LayerSlots.DOWN_BIAS));
    integer("query_norm", slots.place(LayerSlots.QUERY_NORM));
    integer("key_norm", slots.place(LayerSlots.KEY_NORM));
    integer("attention_norm", slots.place(LayerSlots.INNER_ATTENTION_NORM));
    integer("feed_forward_norm", slots.place(LayerSlots.INNER_FEED_FORWARD_NORM));
    integer("adapter", slots.place(LayerSlots.ADAPTER));
    truth("shifted_norms", config.family().shiftedNorms());
    truth("half", half);
    number("score_scale", 1 / Math.sqrt(traits.queryScalar()));
    number("embedding_scale", embeddingScale(config, half));
    number("logit_cap", traits.logitCap());
    integer("window", traits.window());
    integer("ropes", ropes.size());
    integers("windows", traits.layers().stream().map(Traits.Layer::window).toList());
    integers("layer_ropes", traits.layers().stream().map(l -> ropes.indexOf(l.rope())).toList());
    out.writeBytes("ub.");
  }

  private static int number(Activation activation) {
    return switch (activation) {
      case SILU -> 0;
      case GELU -> 1;
      case GELU_TANH -> 2;
      case RELU -> 3;
    };
  }

  /** The root of the width, rounded as the weights are; 1 without scaling. */
  private static double embeddingScale(ModelConfig config, boolean half) {
    if (!config.family().shiftedNorms()) {
      return 1;
    }
    float root = (float) Math.sqrt(config.hiddenSize());
    return half ? rounded(root) : root;
  }

  /** The nearest bfloat16, ties to even. */
  static float rounded(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
  }

  private void name(String name) throws IOException {
    out.writeByte('X');
    out.writeInt(Integer.reverseBytes(name.length()));
    out.writeBytes(name);
  }

  private void value(int value) throws IOException {
    out.writeByte('J');
    out.writeInt(Integer.reverseBytes(value));
  }

  private void integer(String name, int value) throws IOException {
    name(name);
    value(value);
  }

  private void number(String name, double value) throws IOException {
    name(name);
    out.writeByte('G');
    out.writeDouble(value);
  }

  private void truth(String name, boolean value) throws IOException {
    name(name);
    out.writeByte(value ? 0x88 : 0x89);
  }

  private void integers(String name, List<Integer> values) throws IOException {
    name(name);
    out.writeBytes("ctorch.jit._pickle\nbuild_intlist\n(](");
    for (int value : values) {
      value(value);
    }
    out.writeBytes("etR");
  }
}
