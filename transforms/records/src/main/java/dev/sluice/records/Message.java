package dev.sluice.records;

import java.io.Serializable;

/**
 * One turn of a conversation.
 *
 * @param role who speaks: {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content what is said
 */
public record Message(String role, String content) implements Serializable {

  /** A turn of the user. */
  public static Message user(String content) {
    return new Message("user", content);
  }
}
