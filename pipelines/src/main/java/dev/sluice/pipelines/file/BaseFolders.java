package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * From where relative paths count: those that a pipeline file writes (defaults of parameters too)
 * from the file's folder, those of {@code --param}, {@code --set} and the environment from the
 * current folder.
 *
 * @param file the pipeline file's folder
 * @param given the folder that values from outside the file count from
 * @param shown what a resolved spec shows in place of texts: of the environment their origin, of
 *     paths what is written, so that a spec is the same wherever its file lies
 */
public record BaseFolders(Path file, Path given, Map<String, String> shown) {
  private static final String BUILTIN = "builtin:";

  /** Of a file by its name on the command line. */
  static BaseFolders of(String file, Path given, Map<String, String> shown) {
    Path folder = Path.of(file).toAbsolutePath().getParent();
    return new BaseFolders(folder == null ? given : folder, given, shown);
  }

  /** Where nothing is read from a file: defaults and stand-ins. */
  static BaseFolders none() {
    Path current = Path.of("").toAbsolutePath();
    return new BaseFolders(current, current, new TreeMap<>());
  }

  /** A path as an absolute one; what names no place of this machine's disk stays as it is. */
  String resolve(String text, YamlNode.Scalar node) {
    if (text.isBlank() || text.startsWith(BUILTIN) || text.contains("://")) {
      return text;
    }
    try {
      Path path = Path.of(text);
      String resolved = path.isAbsolute() ? text : base(node).resolve(path).normalize().toString();
      if (!resolved.equals(text)) {
        shown.put(resolved, node.secret() ? node.origin() : text);
      }
      return resolved;
    } catch (InvalidPathException e) {
      return text; // Looking for it says that it is not there.
    }
  }

  /**
   * What to say of a path at which nothing was found: both places at which it could be.
   *
   * @param resolved the path that was looked at
   */
  public String missed(String resolved, YamlNode.Scalar node) {
    Path written = Path.of(node.text());
    if (written.isAbsolute()) {
      return "'" + resolved + "'";
    }
    boolean outside = base(node).equals(given) && node.given();
    Path other = (outside ? file : given).resolve(written).normalize();
    String here = outside ? "the current folder" : "the pipeline file's folder";
    String there = outside ? "the pipeline file's folder" : "the current folder";
    if (other.toString().equals(resolved)) {
      return "'%s' ('%s' counts from %s)".formatted(resolved, written, here);
    }
    String hint =
        Files.exists(other)
            ? "there is one at '%s', from %s; write that path, or '%s'"
                .formatted(other, there, base(node).relativize(other))
            : "nor at '%s', from %s".formatted(other, there);
    return "'%s' ('%s' counts from %s), %s".formatted(resolved, written, here, hint);
  }

  private Path base(YamlNode.Scalar node) {
    return node.given() ? given : file;
  }
}
