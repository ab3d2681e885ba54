package dev.sluice.records;

import java.util.List;

/**
 * What a sentence encoder makes of a text: a row of the table {@code text_vectors}, which feeds
 * later units of a stage.
 *
 * @param textId the id of a problem, or {@code FILE:ROW} (from 0)
 * @param vector of length 1
 */
public record TextVector(String textId, List<Float> vector) {

  public TextVector {
    vector = List.copyOf(vector);
  }
}
