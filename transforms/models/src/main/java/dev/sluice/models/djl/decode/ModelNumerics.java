package dev.sluice.models.djl.decode;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.sluice.models.Precision;
import dev.sluice.models.directory.ModelConfig;
import dev.sluice.models.djl.engine.LayerSlots;
import dev.sluice.models.djl.engine.LlamaDecoder;
import dev.sluice.models.djl.engine.NativeEngine;
import dev.sluice.models.numerics.Invariance;
import dev.sluice.models.numerics.InvarianceCache;
import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.numerics.Processor;
import dev.sluice.records.manifest.Numerics;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What models of this process compute with, and whether their rows depend on their batch. */
public final class ModelNumerics {
  private static final Logger LOG = LoggerFactory.getLogger(ModelNumerics.class);

  /** Raised when the check itself changes. */
  private static final String VERSION = "1";

  /** Weights before those of the first layer: embedding, output, norm. */
  private static final int SHARED = 3;

  private static final InvarianceCache MODELS = new InvarianceCache();

  /** A packed matrix that will not do is not used, so that it says nothing of a model. */
  private static final InvarianceCache PACKED = new InvarianceCache();

  private ModelNumerics() {}

  /** What computes rows in this process. */
  public static Numerics current() {
    return new Numerics(
        Processor.current().name(), NativeEngine.kernels(), MODELS.batchInvariant());
  }

  /** Checks a model's shape, if nobody has on this machine. */
  static Invariance check(LoadedModel model) {
    ModelConfig first = model.config().firstLayer();
    LlamaDecoder whole = model.decoder();
    Invariance found = MODELS.get(key(whole, first.identity()), () -> run(model, first));
    if (!found.batchInvariant()) {
      LOG.warn(
          "{}: rows depend on the rows that are computed with them, on {} with {}. Runs are marked as not batch-invariant: another batch size gives other rows. Set {}={} or {}, or unset MKL_CBWR.",
          model.source(),
          Processor.current().name(),
          NativeEngine.kernels(),
          NumericsMode.VARIABLE,
          NumericsMode.PORTABLE.label(),
          NumericsMode.FASTEST.label());
    }
    return found;
  }

  /** Whether rows of the product with a packed matrix are independent of each other. */
  static boolean packs(LlamaDecoder decoder, NDArray packed) {
    String shape = "packed " + packed.getShape();
    return PACKED
        .get(
            key(decoder, shape),
            () ->
                LoadedModel.inScope(
                    decoder.device(), scope -> new InvarianceCheck(decoder, scope).matrix(packed)))
        .batchInvariant();
  }

  private static Map<String, String> key(LlamaDecoder decoder, String shape) {
    Map<String, String> key = new TreeMap<>();
    key.put("check", VERSION);
    key.put("engine", NativeEngine.version());
    key.put("processor", Processor.current().name());
    key.put("kernels", NativeEngine.kernels());
    key.put("device", decoder.device().toString());
    key.put("precision", decoder.precision().name());
    key.put("shape", shape);
    return key;
  }

  private static Invariance run(LoadedModel model, ModelConfig first) {
    long begin = System.nanoTime();
    NDList all = model.weights();
    int layer = new LayerSlots(first, false).count();
    NDList weights = new NDList(all.subList(0, SHARED + layer));
    if (all.size() > SHARED + layer * model.config().layers()) {
      weights.add(all.get(all.size() - 1));
    }
    Device device = model.decoder().device();
    Precision precision = model.decoder().precision();
    try (LlamaDecoder decoder = new LlamaDecoder(first, precision, device)) {
      Invariance found =
          LoadedModel.inScope(device, scope -> new InvarianceCheck(decoder, scope).model(weights));
      LOG.info(
          "{}: rows in groups of {} {}, checked in {} ms.",
          model.source(),
          found.rowGroup(),
          found.batchInvariant() ? "do not depend on their batch" : "depend on their batch",
          (System.nanoTime() - begin) / 1_000_000);
      return found;
    }
  }
}
