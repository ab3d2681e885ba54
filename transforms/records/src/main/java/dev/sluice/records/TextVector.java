package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.util.List;

/**
 * What a sentence encoder makes of a text: a row of the table {@code text_vectors}, which feeds
 * later units of a stage.
 */
public record TextVector(
    @Column(value = "The id of a problem, or FILE:ROW (from 0) of a text of a file.", unique = true)
        String textId,
    @Column("The vector, of length 1.") List<Float> vector) {

  public TextVector {
    vector = List.copyOf(vector);
  }
}
