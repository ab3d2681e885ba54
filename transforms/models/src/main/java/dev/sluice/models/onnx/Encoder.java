package dev.sluice.models.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.sluice.models.ModelException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The graph of a sentence encoder in memory. One row at a time, on one thread: graphs with 8-bit
 * weights scale each product by the largest number of the whole batch, so that a row among others
 * would get another vector than alone.
 */
final class Encoder implements AutoCloseable {
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

  /** The width of what holds no states. */
  private static final int NONE = 0;

  /** As exporters call the states of the tokens. */
  private static final List<String> STATES = List.of("last_hidden_state", "token_embeddings");

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String source;
  private final Set<String> inputs;
  private final String output;
  private final int width;

  private Encoder(OrtEnvironment environment, OrtSession session, String source)
      throws OrtException {
    this.environment = environment;
    this.session = session;
    this.source = source;
    inputs = inputs();
    Map<String, NodeInfo> outputs = session.getOutputInfo();
    output = output(outputs);
    int declared = width(outputs.get(output));
    width = declared > 0 ? declared : states(new int[1]).length;
  }

  /** Makes a session of bytes or a file. */
  @FunctionalInterface
  private interface Opening {
    OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  /**
   * Loads a graph of a file.
   *
   * @throws ModelException if it is damaged, or no encoder of texts
   */
  static Encoder load(Path file) {
    return load(
        file.toString(),
        (environment, options) -> environment.createSession(file.toString(), options));
  }

  /**
   * Loads a graph at hand.
   *
   * @param source in messages
   */
  static Encoder load(byte[] graph, String source) {
    return load(source, (environment, options) -> environment.createSession(graph, options));
  }

  private static Encoder load(String source, Opening opening) {
    OrtSession session = null;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // What goes wrong is in the exception.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // The next level replaces operators by others, and other ones from release to release, so
      // that vectors of 8-bit weights differ by up to .01 in cosine. This one changes no bit.
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
      session = opening.open(environment, options);
      return new Encoder(environment, session, source);
    } catch (OrtException e) {
      close(session);
      throw new ModelException(
          "%s cannot be loaded: %s. Export it again, or take another encoder."
              .formatted(source, e.getMessage()),
          e);
    } catch (RuntimeException e) {
      close(session);
      throw e;
    }
  }

  private Set<String> inputs() throws OrtException {
    Map<String, NodeInfo> infos = session.getInputInfo();
    for (Map.Entry<String, NodeInfo> input : infos.entrySet()) {
      if (!INPUTS.contains(input.getKey())
          || !(input.getValue().getInfo() instanceof TensorInfo info)
          || info.type != OnnxJavaType.INT64) {
        throw new ModelException(
            "%s has the input '%s' (%s); an encoder of texts takes %s, %s and %s as 64-bit numbers. Export it as feature extraction."
                .formatted(source, input.getKey(), input.getValue().getInfo(), IDS, MASK, TYPES));
      }
    }
    if (!infos.containsKey(IDS)) {
      throw new ModelException("%s has no input '%s'.".formatted(source, IDS));
    }
    return infos.keySet();
  }

  private String output(Map<String, NodeInfo> outputs) {
    return Stream.concat(STATES.stream(), outputs.keySet().stream())
        .filter(name -> width(outputs.get(name)) != NONE && !name.contains("logits"))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "%s gives %s; an encoder gives the states of all tokens as 32-bit numbers (batch x tokens x width). Export it as feature extraction."
                        .formatted(source, outputs.keySet())));
  }

  /** Numbers of a state, -1 if the graph does not say; 0 if an output holds no states of tokens. */
  private static int width(@Nullable NodeInfo output) {
    return output != null
            && output.getInfo() instanceof TensorInfo tensor
            && tensor.type == OnnxJavaType.FLOAT
            && tensor.getShape().length == 3
        ? (int) tensor.getShape()[2]
        : NONE;
  }

  /** Numbers of a state. */
  int width() {
    return width;
  }

  /**
   * The states of a text's tokens, one after another.
   *
   * @throws ModelException if the graph cannot take them
   */
  float[] states(int[] tokens) {
    long[] shape = {1, tokens.length};
    long[] ones = new long[tokens.length];
    Arrays.fill(ones, 1);
    Map<String, OnnxTensor> feeds = new HashMap<>();
    try {
      feed(feeds, IDS, Arrays.stream(tokens).asLongStream().toArray(), shape);
      feed(feeds, MASK, ones, shape);
      feed(feeds, TYPES, new long[tokens.length], shape);
      try (OrtSession.Result result = session.run(feeds, Set.of(output))) {
        FloatBuffer numbers = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] states = new float[numbers.remaining()];
        numbers.get(states);
        return states;
      }
    } catch (OrtException e) {
      throw new ModelException(
          "%s cannot read a text of %d tokens: %s".formatted(source, tokens.length, e.getMessage()),
          e);
    } finally {
      feeds.values().forEach(OnnxTensor::close);
    }
  }

  private void feed(Map<String, OnnxTensor> feeds, String name, long[] values, long[] shape)
      throws OrtException {
    if (inputs.contains(name)) {
      feeds.put(name, OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape));
    }
  }

  private static void close(@Nullable OrtSession session) {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new ModelException("An encoder cannot be closed: " + e.getMessage(), e);
      }
    }
  }

  @Override
  public void close() {
    close(session);
  }
}
