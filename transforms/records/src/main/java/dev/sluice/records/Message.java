package dev.sluice.records;

import dev.sluice.records.schema.Column;
import java.io.Serializable;

/** One turn of a conversation. */
public record Message(
    @Column("Who speaks: system, user, assistant or tool.") String role,
    @Column("What is said.") String content)
    implements Serializable {

  /** A turn of the user. */
  public static Message user(String content) {
    return new Message("user", content);
  }
}
