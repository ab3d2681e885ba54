package dev.sluice.pipelines.store;

import dev.sluice.records.PathSegment;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One try at making the artifact of a stage. Attempts are immutable once committed; later ones sort
 * behind earlier ones.
 *
 * @param stageType type of the stage
 * @param fingerprint fingerprint of the stage
 * @param name time of its beginning and a random part
 */
public record Attempt(String stageType, String fingerprint, String name) implements Serializable {
  private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");
  private static final Pattern TIMES = Pattern.compile("\\d{8}T\\d{9}Z");
  private static final int TIME_LENGTH = "20261124T100000000Z".length();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public Attempt {
    PathSegment.require("stage type", stageType);
    PathSegment.require("fingerprint", fingerprint);
    PathSegment.require("attempt", name);
  }

  /** An attempt that sorts behind those that are there, even if the clock went back. */
  static Attempt begin(String stageType, String fingerprint, Instant now, List<String> earlier) {
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    for (String name : earlier) {
      Optional<Instant> before = time(name);
      if (before.isPresent() && !before.get().isBefore(time)) {
        time = before.get().plusMillis(1);
      }
    }
    return new Attempt(stageType, fingerprint, TIME.format(time) + "-" + token());
  }

  /** When it began, by the clock of the workspace; empty if its name does not say. */
  public Optional<Instant> began() {
    return time(name);
  }

  private static Optional<Instant> time(String name) {
    String time = name.substring(0, Math.min(TIME_LENGTH, name.length()));
    try {
      return TIMES.matcher(time).matches()
          ? Optional.of(TIME.parse(time, Instant::from))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty(); // Somebody else's name.
    }
  }

  /**
   * The attempt that a path or an address of its folder ends in, whichever workspace it was in.
   *
   * @return empty if the text does not end in {@code artifacts/TYPE/FINGERPRINT/ATTEMPT}
   */
  public static Optional<Attempt> in(String place) {
    String[] names = SEPARATOR.split(place, -1);
    int top = names.length - 4;
    return top >= 0 && names[top].equals("artifacts")
        ? at(String.join("/", List.of(names).subList(top, names.length)))
        : Optional.empty();
  }

  /** The attempt of a folder, relative to the workspace; empty if none can be called so. */
  static Optional<Attempt> at(String folder) {
    String[] names = folder.split("/", -1);
    return names.length == 4 && Stream.of(names).allMatch(PathSegment::fits)
        ? Optional.of(new Attempt(names[1], names[2], names[3]))
        : Optional.empty();
  }

  /** Its folder, relative to the workspace. */
  public String folder() {
    return folder(stageType, fingerprint) + "/" + name;
  }

  public static String folder(String stageType, String fingerprint) {
    return "artifacts/" + stageType + "/" + fingerprint;
  }

  /** A random part of a name: eight hexadecimal digits. */
  public static String token() {
    return UUID.randomUUID().toString().substring(0, 8);
  }
}
