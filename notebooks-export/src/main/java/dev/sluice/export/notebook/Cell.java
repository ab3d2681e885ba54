package dev.sluice.export.notebook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One cell.
 *
 * @param id its name within the notebook
 * @param code whether it is Python; else it is Markdown
 * @param source its text
 * @param outputs what running it leaves
 */
record Cell(String id, boolean code, String source, List<Output> outputs) {

  Cell {
    outputs = List.copyOf(outputs);
  }

  static Cell markdown(String id, String text) {
    return new Cell(id, false, text, List.of());
  }

  /** A cell with the Python of this name. */
  static Cell code(String name, Output... outputs) {
    return new Cell(name, true, python(name), List.of(outputs));
  }

  /** The Python of this name, without the last line end. */
  static String python(String name) {
    try (InputStream in = Cell.class.getResourceAsStream(name + ".py")) {
      if (in == null) {
        throw new IllegalStateException("The notebook's cell " + name + ".py is not packed.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException("The notebook's cell " + name + ".py cannot be read.", e);
    }
  }
}
