package dev.sluice.parts;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Whether parts get what they need from the parts of their own stage and of the stages whose tables
 * it reads.
 *
 * <p>A need is checked where one of those parts has a port of which some part gives it: else it may
 * come from elsewhere, such as a stage without parts.
 */
public final class Fit {
  private final Function<Class<?>, List<Part>> known;

  /**
   * A check against what is registered.
   *
   * @param known one of each part of a port, with any keys
   */
  public Fit(Function<Class<?>, List<Part>> known) {
    this.known = known;
  }

  /**
   * What the parts of a stage lack, at their places.
   *
   * @param own the parts of the stage
   * @param before the parts of the stages whose tables it reads
   */
  public List<ConfigMistake> mistakes(List<PlacedPart> own, List<PlacedPart> before) {
    List<PlacedPart> all = Stream.concat(own.stream(), before.stream()).toList();
    List<ConfigMistake> mistakes = new ArrayList<>();
    for (PlacedPart placed : own) {
      for (Need need : new TreeSet<>(placed.part().needs())) {
        need.given().flatMap(gives -> lack(placed, gives, all)).ifPresent(mistakes::add);
      }
    }
    return mistakes;
  }

  private Optional<ConfigMistake> lack(PlacedPart placed, Gives gives, List<PlacedPart> all) {
    if (all.stream().anyMatch(each -> each.part().gives().contains(gives))) {
      return Optional.empty();
    }
    Set<String> lacking = new LinkedHashSet<>();
    Set<String> remedies = new LinkedHashSet<>();
    for (PlacedPart other : all) {
      Class<?> port = port(other.part().getClass());
      Port named = port.getAnnotation(Port.class);
      List<String> givers =
          known.apply(port).stream()
              .filter(part -> part.gives().contains(gives))
              .map(part -> "'%s: %s'".formatted(named.key(), part.name()))
              .toList();
      if (!givers.isEmpty()) {
        lacking.add("the %s '%s'".formatted(named.value(), other.word()));
        remedies.addAll(givers);
      }
    }
    if (remedies.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ConfigMistake(
            placed.key(),
            "the %s '%s' needs %s, which %s %s not give; %s %s"
                .formatted(
                    port(placed.part().getClass()).getAnnotation(Port.class).value(),
                    placed.word(),
                    gives.words(),
                    String.join(" and ", lacking),
                    lacking.size() == 1 ? "does" : "do",
                    String.join(" and ", remedies),
                    remedies.size() == 1 ? "does" : "do")));
  }

  /**
   * The port of a part.
   *
   * @throws IllegalArgumentException if the class is no part of any port
   */
  public static Class<?> port(Class<?> part) {
    return find(part)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s implements no interface that carries @Port.".formatted(part.getName())));
  }

  private static Optional<Class<?>> find(Class<?> type) {
    if (type.isAnnotationPresent(Port.class)) {
      return Optional.of(type);
    }
    return Stream.of(type.getInterfaces()).flatMap(each -> find(each).stream()).findFirst();
  }
}
