package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.stages.StageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A key at its default is in no fingerprint, so a default may change only with the behaviour
 * version of its stage: else rows of the old default would be reused as rows of the new one.
 */
class DefaultsTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/sluice/pipelines/file/defaults.tsv");

  /** A default, and the behaviour version of the stage that has it. */
  private record Default(int version, String text) {
    static Default of(String line) {
      String[] columns = line.split("\t", -1);
      return new Default(Integer.parseInt(columns[1]), columns[2]);
    }
  }

  @Test
  void defaultThatChanged_raisedTheVersionOfItsStage() throws IOException {
    Map<String, Default> now = defaults();
    Map<String, Default> before = new LinkedHashMap<>();
    for (String line : Files.readAllLines(GOLDEN)) {
      before.put(line.substring(0, line.indexOf('\t')), Default.of(line));
    }
    before.forEach(
        (key, old) -> {
          Default fresh = now.get(key);
          if (fresh != null && !fresh.text().equals(old.text())) {
            assertThat(fresh.version())
                .as(
                    "'%s' changed its default from %s to %s: raise the stage's behaviour version",
                    key, old.text(), fresh.text())
                .isGreaterThan(old.version());
          }
        });
    String text =
        now.entrySet().stream()
            .map(
                each ->
                    each.getKey()
                        + "\t"
                        + each.getValue().version()
                        + "\t"
                        + each.getValue().text()
                        + "\n")
            .collect(Collectors.joining());
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN, text);
    }
    assertThat(GOLDEN).as("rewrite it with -Dgolden.update=true").hasContent(text);
  }

  /** A part that holds others of its port has their keys once. */
  private static final Deque<Shape.Kinds> OPEN = new ArrayDeque<>();

  private static Map<String, Default> defaults() {
    Map<String, Default> found = new TreeMap<>();
    for (StageType<?> type : RealStagesTest.ALL) {
      collect(type.name(), new Shape.Block(type.configType()), type.behaviourVersion(), found);
    }
    return found;
  }

  private static void collect(String path, Shape shape, int version, Map<String, Default> found) {
    if (shape instanceof Shape.Items items) {
      collect(path + "[]", items.item(), version, found);
    } else if (shape instanceof Shape.Table table) {
      collect(path + ".*", table.value(), version, found);
    } else if (shape instanceof Shape.Envelope envelope) {
      collect(path, envelope.kinds(), version, found);
      fields(path, envelope.own(), version, found);
    } else if (shape instanceof Shape.Kinds kinds && !OPEN.contains(kinds)) {
      OPEN.push(kinds);
      kinds
          .kinds()
          .forEach(
              (word, type) -> collect(path + ":" + word, new Shape.Block(type), version, found));
      OPEN.pop();
    } else if (shape instanceof Shape.Block block) {
      fields(path, Shape.fields(block.type()), version, found);
    }
  }

  private static void fields(
      String path, List<Shape.Field> fields, int version, Map<String, Default> found) {
    for (Shape.Field field : fields) {
      String key = path + "." + field.name();
      if (!field.key().tuning() && !field.key().byDefault().isEmpty()) {
        found.put(key, new Default(version, field.key().byDefault()));
      }
      collect(key, field.shape(), version, found);
    }
  }
}
