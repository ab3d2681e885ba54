package dev.sluice.runners.proof.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pipeline file of the proof.
 *
 * @param name its name, without folder and ending
 */
public record ProofFile(String name) {
  public static final String QUICKSTART = "quickstart";
  public static final String CONTROL = "control";
  public static final String STEP_SHARE = "step_share";
  public static final String BASE_JUDGE_SHARE = "base_judge_share";

  /** The order of rows and colours; files that are not named here come after them, by name. */
  private static final List<String> ORDER =
      List.of(
          QUICKSTART,
          STEP_SHARE,
          "prm_greedy",
          CONTROL,
          "majority",
          BASE_JUDGE_SHARE,
          "base_judge_sampled",
          "base_judge",
          "random",
          "hack");

  /** The quickstart and every file in {@code configs/proof}. */
  public static List<ProofFile> all() {
    List<ProofFile> files = new ArrayList<>(List.of(new ProofFile(QUICKSTART)));
    try (Stream<Path> found = Files.list(Path.of("configs", "proof"))) {
      found
          .map(path -> path.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> new ProofFile(name.substring(0, name.length() - ".yaml".length())))
          .forEach(files::add);
    } catch (IOException e) {
      throw new ProofException(
          "The folder configs/proof cannot be read (%s). Start this from Sluice's folder, as ./dev proof does."
              .formatted(e));
    }
    files.sort(order());
    return files;
  }

  static Comparator<ProofFile> order() {
    return Comparator.comparingInt(ProofFile::place).thenComparing(ProofFile::name);
  }

  private int place() {
    int known = ORDER.indexOf(name);
    return known < 0 ? ORDER.size() : known;
  }

  public Path path() {
    String file = name + ".yaml";
    return name.equals(QUICKSTART) ? Path.of("configs", file) : Path.of("configs", "proof", file);
  }

  /** The reward of the policy; empty for an unknown file. */
  public String reward() {
    return switch (name) {
      case QUICKSTART -> "trained judge, one sampled vote";
      case STEP_SHARE -> "trained judge, four sampled votes: share of correct steps";
      case "prm_greedy" -> "trained judge, greedy";
      case CONTROL -> "reference answer (not label-free)";
      case "majority" -> "agreement with the group's most frequent answer";
      case BASE_JUDGE_SHARE -> "untrained judge, four sampled votes: share of correct steps";
      case "base_judge_sampled" -> "untrained judge, one sampled vote";
      case "base_judge" -> "untrained judge, greedy";
      case "random" -> "random, with the format gate";
      case "hack" -> "untrained judge, greedy: sum of verdicts, no format gate";
      default -> "";
    };
  }

  /** A colour that stays apart from the others' for the colour-blind (after Okabe and Ito 2008). */
  public String colour() {
    return switch (name) {
      case QUICKSTART -> "#0072b2";
      case STEP_SHARE -> "#6a3d9a";
      case "prm_greedy" -> "#56b4e9";
      case CONTROL -> "#000000";
      case "majority" -> "#009e73";
      case BASE_JUDGE_SHARE -> "#8c564b";
      case "base_judge_sampled" -> "#e69f00";
      case "base_judge" -> "#d55e00";
      case "hack" -> "#cc79a7";
      default -> "#999999";
    };
  }
}
