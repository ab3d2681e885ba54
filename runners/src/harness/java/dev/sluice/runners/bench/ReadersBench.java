package dev.sluice.runners.bench;

import dev.sluice.runners.fuzz.targets.Target;
import dev.sluice.runners.fuzz.targets.Targets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Readers of model text on hostile texts of 1 MiB: each of a reader's marks repeated, nested, never
 * closed and with blanks between. The slowest of them, in 32 KiB, counts. Beside it stands the same
 * reader on four such texts of 256 KiB: as many characters, so a reader whose work grows with the
 * length takes as long, and one with squared work four times as long.
 */
final class ReadersBench implements Bench.Measurement {
  /** Those that read a text once; others of the fuzz run read it in a hundred ways at a time. */
  private static final List<String> READERS =
      List.of("answers", "references", "units", "verdicts", "solutions", "arithmetic");

  private static final int SHORT = 1 << 15;
  private static final int LONG = 1 << 20;
  private static final int PARTS = 4;
  private static final int RUNS = 3;

  @Override
  public List<Figure> measure(Bench bench) throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (String name : READERS) {
      figures.add(figure(Targets.of(name)));
    }
    return figures;
  }

  private static Figure figure(Target target) throws Exception {
    Target.Reader reader = target.reader().get();
    String slowest = "";
    double most = -1;
    Map<String, byte[]> texts = texts(target.marks(), SHORT);
    for (int round = 0; round < 2; round++) { // the first warms up
      most = -1;
      for (Map.Entry<String, byte[]> text : texts.entrySet()) {
        double seconds = seconds(target, reader, text.getValue(), 1);
        if (seconds > most) {
          most = seconds;
          slowest = text.getKey();
        }
      }
    }
    byte[] whole = Objects.requireNonNull(texts(target.marks(), LONG).get(slowest));
    byte[] part = Objects.requireNonNull(texts(target.marks(), LONG / PARTS).get(slowest));
    List<Figure.Run> ours = new ArrayList<>();
    List<Figure.Run> peer = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      ours.add(new Figure.Run(seconds(target, reader, whole, 1), Double.NaN));
      peer.add(new Figure.Run(seconds(target, reader, part, PARTS), Double.NaN));
    }
    return new Figure(
        "reader " + target.name(),
        "s",
        new Figure.Aim.TimesAsFast(0.5),
        ours,
        "four of 256 KiB, %s".formatted(slowest.replace("\n", "\\n")),
        peer);
  }

  private static double seconds(Target target, Target.Reader reader, byte[] text, int times)
      throws Exception {
    long begin = System.nanoTime();
    for (int i = 0; i < times; i++) {
      try {
        boolean unused = reader.read(text);
      } catch (Exception e) {
        if (target.refusals().stream().noneMatch(type -> type.isInstance(e))) {
          throw e;
        }
      }
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static Map<String, byte[]> texts(List<String> marks, int length) {
    Map<String, byte[]> texts = new LinkedHashMap<>();
    for (int i = 0; i < marks.size(); i++) {
      String mark = marks.get(i);
      String next = marks.get((i + 1) % marks.size());
      texts.put("'%s' repeated".formatted(mark), filled(mark, length));
      texts.put("'%s' and blanks".formatted(mark), filled(mark + " ".repeat(300), length));
      texts.put("'%s' before blanks".formatted(mark), bytes(mark + " ".repeat(length) + "x"));
      texts.put("'%s' and '%s'".formatted(mark, next), filled(mark + next, length));
      int half = length / 2;
      texts.put(
          "'%s' around '%s'".formatted(mark, next), bytes(text(mark, half) + text(next, half)));
    }
    return texts;
  }

  private static byte[] filled(String piece, int length) {
    return bytes(text(piece, length));
  }

  private static String text(String piece, int length) {
    return piece.repeat(length / piece.length() + 1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
