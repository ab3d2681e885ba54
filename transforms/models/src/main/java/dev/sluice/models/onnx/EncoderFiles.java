package dev.sluice.models.onnx;

import dev.sluice.models.ModelException;
import dev.sluice.models.directory.ModelDirectory;
import dev.sluice.records.Hashes;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of an encoder's folder.
 *
 * @param folder where they lie
 * @param graph the ONNX file
 */
public record EncoderFiles(Path folder, Path graph) {
  static final String TOKENIZER = "tokenizer.json";
  private static final String GRAPH = "model.onnx";
  private static final String ENDING = ".onnx";

  /** Other graphs, the weights for other programs, and what people read. */
  private static final List<String> UNRELATED =
      List.of(ENDING, ".safetensors", ".md", ".gitattributes");

  private static final List<String> PLACES = List.of("", "onnx");

  /**
   * Looks into a folder.
   *
   * @throws ModelException if there is no folder, no graph or no tokenizer, or it is not clear
   *     which graph is meant
   */
  public static EncoderFiles of(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new ModelException(
          "There is no directory '%s'. An encoder is a directory with %s and %s, or builtin:%s."
              .formatted(folder, GRAPH, TOKENIZER, BuiltinEncoder.NAME));
    }
    EncoderFiles files = new EncoderFiles(folder, graph(folder));
    special(files.graph());
    if (!Files.exists(files.tokenizer())) {
      throw new ModelException(
          "%s has no %s, so that it reads no text. Save the tokenizer of the encoder there (transformers: tokenizer.save_pretrained)."
              .formatted(folder, TOKENIZER));
    }
    return files;
  }

  /**
   * Whether a folder holds an encoder and nothing else: models that generate may have graphs beside
   * their weights.
   */
  static boolean in(Path folder) {
    boolean weights = !list(folder, ".safetensors").isEmpty();
    return !graphs(folder).isEmpty()
        && (!weights || Files.exists(folder.resolve(EncoderSettings.MODULES)));
  }

  private static Path graph(Path folder) {
    List<Path> found = graphs(folder);
    for (String place : PLACES) {
      Path usual = folder.resolve(place).resolve(GRAPH);
      if (found.contains(usual)) {
        return usual;
      }
    }
    if (found.isEmpty()) {
      throw new ModelException(
          "%s has no %s, here or in onnx/. Export the encoder (sentence-transformers: SentenceTransformer(NAME, backend=\"onnx\").save_pretrained)."
              .formatted(folder, GRAPH));
    }
    if (found.size() > 1) {
      throw new ModelException(
          "%s has several graphs (%s) and none called %s, so that it is not clear which is meant. Rename the one."
              .formatted(
                  folder,
                  String.join(
                      ", ",
                      found.stream().map(each -> folder.relativize(each).toString()).toList()),
                  GRAPH));
    }
    return found.get(0);
  }

  private static List<Path> graphs(Path folder) {
    List<Path> found = new ArrayList<>();
    for (String place : PLACES) {
      found.addAll(list(folder.resolve(place), ENDING));
    }
    return found;
  }

  private static List<Path> list(Path folder, String part) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).endsWith(part))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ModelException(folder + " cannot be read: " + RegularFiles.why(e), e);
    }
  }

  Path tokenizer() {
    return folder.resolve(TOKENIZER);
  }

  /** Every file that vectors depend on, and whatever lies beside the graph. */
  public List<Path> all() {
    List<Path> all = new ArrayList<>(List.of(graph, tokenizer()));
    // A graph may keep its weights in files of any name beside it.
    for (Path file : list(graph.resolveSibling(""), "")) {
      String name = String.valueOf(file.getFileName());
      if (Files.isRegularFile(file) && UNRELATED.stream().noneMatch(name::endsWith)) {
        all.add(file);
      }
    }
    for (String name : EncoderSettings.FILES) {
      Path file = folder.resolve(name);
      if (Files.exists(file)) {
        all.add(file);
      }
    }
    return all.stream().map(Path::toAbsolutePath).distinct().toList();
  }

  /** Content hash of all files: 64 hexadecimal digits. */
  public String revision() {
    MessageDigest digest = Hashes.sha256();
    for (Path file : all()) {
      digest.update(Hashes.bytes("file", folder.toAbsolutePath().relativize(file).toString()));
      special(file);
      try (InputStream in = Files.newInputStream(file);
          DigestOutputStream out =
              new DigestOutputStream(java.io.OutputStream.nullOutputStream(), digest)) {
        in.transferTo(out);
      } catch (IOException e) {
        throw new ModelException(file + " cannot be read: " + RegularFiles.why(e), e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void special(Path file) {
    try {
      RegularFiles.check(file);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  byte[] tokenizerBytes() {
    return ModelDirectory.bytes(tokenizer());
  }
}
