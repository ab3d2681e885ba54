package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a block that a pipeline file names as a file of its own. Nothing of it is taken from the
 * environment.
 */
final class ContentFile {
  /** Nobody writes a longer one by hand, and its text is in every manifest. */
  static final int MAX_BYTES = 256 << 10;

  private ContentFile() {}

  /** The block; null after a mistake, which is then among the findings. */
  static YamlNode.@Nullable Mapping read(
      YamlNode.Scalar node, BaseFolders folders, Findings findings) {
    if (!(node.value() instanceof String written) || written.isBlank()) {
      findings.mistake(node, "must be the path of a YAML file, but is " + node.shown());
      return null;
    }
    String resolved = folders.resolve(written, node);
    String text = text(resolved, node, folders, findings);
    if (text == null) {
      return null;
    }
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String shown = shown(resolved, written, node);
    int before = findings.count();
    YamlNode root = YamlReader.read(shown, body, findings);
    if (root instanceof YamlNode.Mapping block) {
      return block.under(node.path());
    }
    if (findings.count() == before) {
      findings.mistake(
          new Position(shown, 1, 1),
          node.path(),
          null,
          "must be a block of keys such as 'user:', but is "
              + (root == null ? "empty" : root.shown()),
          null);
    }
    return null;
  }

  /** As messages name the file: from where the pipeline file is named. */
  private static String shown(String resolved, String written, YamlNode.Scalar node) {
    Path folder = Path.of(node.at().file()).getParent();
    if (node.given() || Path.of(written).isAbsolute()) {
      return resolved;
    }
    return folder == null ? written : folder.resolve(written).normalize().toString();
  }

  private static @Nullable String text(
      String resolved, YamlNode.Scalar node, BaseFolders folders, Findings findings) {
    String problem;
    try {
      Path path = Path.of(resolved);
      if (Files.isDirectory(path)) {
        problem = "'%s' is a directory; name a file in it".formatted(resolved);
      } else {
        byte[] bytes = RegularFiles.bytes(path, MAX_BYTES);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (NoSuchFileException e) {
      problem = "there is no file " + folders.missed(resolved, node);
    } catch (InvalidPathException e) {
      problem = "is not a path: " + e.getReason();
    } catch (CharacterCodingException e) {
      problem = "'%s' is not UTF-8 text; save it as UTF-8".formatted(resolved);
    } catch (IOException e) {
      problem = "'%s' cannot be read: %s".formatted(resolved, RegularFiles.why(e));
    }
    findings.mistake(node, problem);
    return null;
  }
}
