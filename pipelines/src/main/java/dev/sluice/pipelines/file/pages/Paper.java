package dev.sluice.pipelines.file.pages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/**
 * A paper, and how far a pipeline file can do what it does.
 *
 * @param title its title
 * @param arxiv its arXiv identifier; empty if it has none
 * @param link of a paper that arXiv does not have; else empty
 * @param role what it is to a pipeline
 * @param idea what a pipeline takes from it
 * @param methods names of methods that do some of it and do not name the paper themselves
 * @param recipes pipeline files that use them, as paths in the repository
 * @param tests tests that show it, as paths in the repository; golden files of parts are added
 * @param missing what of it is not there, or why nothing of it is; empty if all of it is
 */
public record Paper(
    String title,
    String arxiv,
    String link,
    Role role,
    String idea,
    List<String> methods,
    List<String> recipes,
    List<String> tests,
    String missing) {

  public Paper {
    methods = List.copyOf(methods);
    recipes = List.copyOf(recipes);
    tests = List.copyOf(tests);
  }

  /** What a paper is to a pipeline. */
  public enum Role {
    /** Sluice is built around it. */
    @JsonProperty("core")
    CORE("core"),
    /** A method that a pipeline file selects. */
    @JsonProperty("method")
    METHOD("method"),
    /** A whole pipeline. */
    @JsonProperty("pipeline")
    PIPELINE("pipeline"),
    /** A benchmark or a measurement. */
    @JsonProperty("evaluation")
    EVALUATION("evaluation"),
    /** A finding that decides defaults and alarms. */
    @JsonProperty("finding")
    FINDING("finding"),
    /** Another modality or field, of which an idea carries over. */
    @JsonProperty("other field")
    OTHER_FIELD("other field");

    private final String words;

    Role(String words) {
      this.words = words;
    }

    /** Its name in the list. */
    public String words() {
      return words;
    }
  }

  /** The papers of the list, in its order. */
  public static List<Paper> all() {
    try (InputStream in = Paper.class.getResourceAsStream("papers.json")) {
      return new ObjectMapper().readValue(in, new TypeReference<List<Paper>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException("The list of papers inside the product cannot be read.", e);
    }
  }

  /** Where it can be read. */
  public String url() {
    return arxiv.isEmpty() ? link : "https://arxiv.org/abs/" + arxiv;
  }

  /** Its methods among all: those that name it, and those that it names. */
  public List<ListedMethod> methods(List<ListedMethod> all) {
    return all.stream()
        .filter(
            each ->
                methods.contains(each.method().name())
                    || (!arxiv.isEmpty() && each.method().papers().contains(arxiv)))
        .toList();
  }

  /** How far a file can do what it does. */
  public State state(List<ListedMethod> all) {
    if (missing.isEmpty()) {
      return State.WHOLE;
    }
    return methods(all).isEmpty() && recipes.isEmpty() ? State.NONE : State.PART;
  }

  /** Whether a text is its identifier or stands in its title, whatever its case. */
  public boolean answers(String text) {
    return arxiv.equals(text)
        || title.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  /** How much of a paper is there. */
  public enum State {
    WHOLE("works from a file"),
    PART("in part"),
    NONE("not there");

    private final String words;

    State(String words) {
      this.words = words;
    }

    /** Its name in the list. */
    public String words() {
      return words;
    }
  }
}
