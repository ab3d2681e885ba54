package dev.sluice.records;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures rows per second: {@code TableBench [rows] [folder]}. Not a test. */
final class TableBench {
  private TableBench() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    Path folder = args.length > 1 ? Path.of(args[1]) : Files.createTempDirectory("tables");
    RandomStream random = new RandomStream(7);
    List<Solution> solutions = new ArrayList<>();
    List<Verification> verifications = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> steps = new ArrayList<>();
      List<Boolean> verdicts = new ArrayList<>();
      int lines = random.nextInt(3, 6);
      int value = random.nextInt(100);
      for (int k = 0; k < lines; k++) {
        int next = random.nextInt(100);
        steps.add(value + "+" + next + "=" + (value + next));
        verdicts.add(random.nextInt(4) > 0);
        value += next;
      }
      String text = String.join("\n", steps) + "\nA: " + value;
      String problem = Hashes.id("p", i / 4);
      String solution = Hashes.childId(problem, "SampleSolutions", i % 4);
      solutions.add(
          new Solution(
              solution,
              problem,
              i % 4,
              text,
              steps,
              Integer.toString(value),
              "stop",
              20,
              text.length(),
              -random.nextDouble(),
              -random.nextDouble(),
              "model",
              null,
              Hashes.id(text)));
      verifications.add(
          new Verification(
              Hashes.childId(solution, "VerifySolutions", i % 8),
              solution,
              problem,
              i % 8,
              "initial",
              verdicts,
              verdicts.get(0),
              text,
              true,
              50,
              text.length(),
              "judge"));
    }
    for (int round = 0; round < 4; round++) {
      measure(folder, Tables.SOLUTIONS, solutions);
      measure(folder, Tables.VERIFICATIONS, verifications);
    }
  }

  private static <R extends Record> void measure(Path folder, Table<R> table, List<R> rows) {
    Path file = folder.resolve(table.name() + ".parquet");
    long start = System.nanoTime();
    TableWriter<R> writer = TableWriter.open(file, table, Map.of());
    try (writer) {
      rows.forEach(writer::write);
    }
    long written = System.nanoTime();
    int read = TableReader.readAll(file, table, Set.of()).size();
    long done = System.nanoTime();
    RowDigest.of(table, rows);
    long digested = System.nanoTime();
    System.out.printf(
        "%s: write %,d rows/s, read %,d rows/s, digest %,d rows/s, %d bytes a row%n",
        table,
        (long) (rows.size() / ((written - start) / 1e9)),
        (long) (read / ((done - written) / 1e9)),
        (long) (rows.size() / ((digested - done) / 1e9)),
        writer.bytes() / rows.size());
  }
}
