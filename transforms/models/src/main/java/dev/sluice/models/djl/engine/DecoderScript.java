package dev.sluice.models.djl.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The computation of {@code decoder.py}, loaded into PyTorch as TorchScript. One native call does a
 * whole forward pass, with operators (fused attention, root-mean-square norm) that DJL's own arrays
 * do not offer. Several threads may call it at once.
 */
final class DecoderScript implements AutoCloseable {
  private static final List<String> METHODS =
      List.of(
          "hidden",
          "logits",
          "logprobs",
          "prefill",
          "step",
          "move",
          "brain",
          "put",
          "pack",
          "tried");

  private final NDManager manager;
  private final PtSymbolBlock block;
  private final Map<String, NDArray> methods = new LinkedHashMap<>();

  /**
   * @param half whether weights and activations are bfloat16
   * @param adapted whether adapters stand beside the matrices
   * @param device where it computes
   */
  DecoderScript(ModelConfig config, boolean half, boolean adapted, Device device) {
    manager = NativeEngine.newManager(device);
    try {
      block =
          JniUtils.loadModule(
              (PtNDManager) manager,
              new ByteArrayInputStream(archive(config, half, adapted)),
              false,
              false);
    } catch (IOException e) {
      manager.close();
      throw new ModelException("The decoder's script cannot be loaded: " + e.getMessage(), e);
    }
    for (String name : METHODS) {
      NDArray method = manager.create(0);
      method.setName("module_method:" + name);
      methods.put(name, method);
    }
  }

  /**
   * Runs a method; the result belongs to the manager of the first argument.
   *
   * @param weights as {@link Weights} orders them; null for a method without
   */
  NDArray call(String method, @Nullable NDList weights, NDArray... arguments) {
    // Without it the first calls run another graph than later ones, and bits may differ.
    JniUtils.setGraphExecutorOptimize(false);
    NDList inputs = new NDList(arguments);
    if (weights != null) {
      inputs.addAll(weights);
    }
    NDArray name = methods.get(method);
    if (name == null) {
      throw new IllegalArgumentException("The decoder has no method " + method + ".");
    }
    inputs.add(name);
    return IValueUtils.forward(block, inputs, true).get(0);
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }

  /** The stored form of a TorchScript module: an uncompressed ZIP of pickles and source. */
  private static byte[] archive(ModelConfig config, boolean half, boolean adapted)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream source = DecoderScript.class.getResourceAsStream("decoder.py")) {
      if (source == null) {
        throw new IOException("decoder.py is missing on the class path");
      }
      add(zip, "data.pkl", ScriptAttributes.of(config, half, adapted));
      add(zip, "code/__torch__.py", source.readAllBytes());
      add(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      add(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("decoder/" + name);
    CRC32 checksum = new CRC32();
    checksum.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
