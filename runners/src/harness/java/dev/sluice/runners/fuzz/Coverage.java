package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Uncounted;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a reader's classes that its inputs reached, as JaCoCo counted them.
 *
 * @param covered number of lines that were reached
 * @param missed lines that were not, by source file
 */
record Coverage(int covered, Map<String, TreeSet<Integer>> missed) {
  private static final XMLInputFactory XML = XMLInputFactory.newFactory();

  static {
    XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
  }

  /** JaCoCo's files: its agent, and its command line. */
  record Tools(Path agent, Path cli) {
    static Tools in(Path folder) throws IOException {
      return new Tools(one(folder, "*agent*runtime.jar"), one(folder, "*cli*nodeps.jar"));
    }

    private static Path one(Path folder, String name) throws IOException {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
        return found.iterator().next();
      }
    }
  }

  /** What a process left in a file, of the classes of a target. */
  static Coverage of(Tools tools, Path data, Target target, List<Path> classFolders)
      throws IOException, InterruptedException, XMLStreamException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                tools.cli().toString(),
                "report",
                data.toString(),
                "--quiet",
                "--xml",
                data + ".xml"));
    for (Path file : files(target, classFolders)) {
      command.addAll(List.of("--classfiles", file.toString()));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Path.of(data + ".log").toFile())
            .start();
    process.waitFor();
    return read(Path.of(data + ".xml"), target.uncounted());
  }

  /** The class files of a target; nested classes lie beside their outer ones. */
  static List<Path> files(Target target, List<Path> classFolders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String each : target.covers()) {
      int dot = each.lastIndexOf('.');
      String name = each.substring(dot + 1);
      int before = files.size();
      for (Path root : classFolders) {
        Path folder = root.resolve(each.substring(0, dot).replace('.', '/'));
        if (Files.isDirectory(folder)) {
          for (String glob :
              name.equals("*") ? List.of("*.class") : List.of(name + ".class", name + "$*.class")) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
              found.forEach(files::add);
            }
          }
        }
      }
      if (files.size() == before) {
        throw new IllegalStateException(
            "The reader '%s' names the classes %s, but there are none."
                .formatted(target.name(), each));
      }
    }
    return files;
  }

  private static Coverage read(Path report, List<Uncounted> uncounted)
      throws IOException, XMLStreamException {
    Map<String, TreeSet<Integer>> missed = new TreeMap<>();
    Map<String, TreeMap<Integer, Boolean>> counts = new TreeMap<>();
    int covered = 0;
    String type = "";
    String file = "";
    try (InputStream in = Files.newInputStream(report)) {
      XMLStreamReader xml = XML.createXMLStreamReader(in);
      while (xml.hasNext()) {
        if (xml.next() != XMLStreamReader.START_ELEMENT) {
          continue;
        }
        switch (xml.getLocalName()) {
          case "package" -> counts.clear();
          case "class" -> {
            type = xml.getAttributeValue(null, "name");
            file = xml.getAttributeValue(null, "sourcefilename");
          }
          case "method" -> {
            String method = xml.getAttributeValue(null, "name");
            String at = type;
            counts
                .computeIfAbsent(file, name -> new TreeMap<>())
                .merge(
                    Integer.valueOf(xml.getAttributeValue(null, "line")),
                    uncounted.stream().noneMatch(each -> each.means(at, method)),
                    Boolean::logicalOr);
          }
          case "sourcefile" -> file = xml.getAttributeValue(null, "name");
          case "line" -> {
            int line = Integer.parseInt(xml.getAttributeValue(null, "nr"));
            if (!counts(counts.get(file), line)) {
              continue;
            }
            if (xml.getAttributeValue(null, "ci").equals("0")) {
              missed.computeIfAbsent(file, name -> new TreeSet<>()).add(line);
            } else {
              covered++;
            }
          }
          default -> {}
        }
      }
    }
    return new Coverage(covered, missed);
  }

  /** Whether the method counts that begins last at a line or before it. */
  private static boolean counts(@Nullable TreeMap<Integer, Boolean> begins, int line) {
    Map.Entry<Integer, Boolean> begin = begins == null ? null : begins.floorEntry(line);
    return begin == null || begin.getValue();
  }

  int lines() {
    return covered + missed.values().stream().mapToInt(TreeSet::size).sum();
  }

  double share() {
    return lines() == 0 ? 0 : covered / (double) lines();
  }

  /** Ranges of lines that were not reached, a source file a line. */
  String uncovered() {
    StringBuilder text = new StringBuilder();
    missed.forEach(
        (file, lines) -> {
          text.append("    ").append(file).append(':');
          int begin = -1;
          int end = -1;
          for (int line : lines) {
            if (line != end + 1) {
              text.append(range(begin, end));
              begin = line;
            }
            end = line;
          }
          text.append(range(begin, end)).append('\n');
        });
    return text.toString();
  }

  private static String range(int begin, int end) {
    return begin < 0 ? "" : begin == end ? " " + begin : " " + begin + "-" + end;
  }
}
