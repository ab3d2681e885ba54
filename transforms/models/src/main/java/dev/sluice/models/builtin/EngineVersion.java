package dev.sluice.models.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build wrote down, so that a plan need not load the native engine. */
public final class EngineVersion {
  private static final Properties BUILD = load();

  /** The native engine: it decides the last bits of what models compute. */
  public static final String NATIVE = BUILD.getProperty("engine");

  /** Whether the engine can compute on GPUs. */
  public static final boolean CUDA = Boolean.parseBoolean(BUILD.getProperty("cuda"));

  /** The runtime of sentence encoders, and the library of their tokenizers. */
  public static final String ONNX = BUILD.getProperty("onnx");

  /** The product. */
  public static final String SLUICE = BUILD.getProperty("sluice");

  private EngineVersion() {}

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = EngineVersion.class.getResourceAsStream("versions.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading the versions that the build wrote down failed.", e);
    }
    return properties;
  }
}
