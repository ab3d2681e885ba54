package dev.sluice.pipelines.file.pages;

import dev.sluice.parts.Gives;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.check.FitCheck;
import dev.sluice.stages.Methods;
import dev.sluice.stages.Methods.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A method with what it needs and gives, and where its results are written down.
 *
 * @param method what it says of itself
 * @param needs what it must be given, with its other keys at their defaults; empty for methods that
 *     are no parts
 * @param gives what it leaves for others
 * @param golden the file of its exact results, as a path in the repository; empty if it has none
 */
public record ListedMethod(Method method, Set<Need> needs, Set<Gives> gives, String golden) {
  private static final String METHODS = "dev.sluice.methods.";
  private static final String SUITES = "transforms/stages/src/test/resources/golden/suite/%s.json";
  private static final String GOLDEN = "transforms/methods/src/test/resources/golden/%s/%s.json";

  public ListedMethod {
    needs = Set.copyOf(needs);
    gives = Set.copyOf(gives);
  }

  /** All methods of {@link Methods#all}, in its order. */
  public static List<ListedMethod> all() {
    Registry registry = Registry.get();
    Map<String, PortPart> parts = new HashMap<>();
    for (Class<?> port : registry.ports()) {
      Port where = port.getAnnotation(Port.class);
      FitCheck.usual(port, registry)
          .forEach(
              (word, part) ->
                  parts.put(
                      anchor(where.stage(), Methods.name(where, word)), new PortPart(port, part)));
    }
    return Methods.all().stream()
        .map(
            method -> {
              PortPart found = parts.get(anchor(method.stage(), method.name()));
              return found == null
                  ? new ListedMethod(method, Set.of(), Set.of(), "")
                  : new ListedMethod(
                      method, found.part().needs(), found.part().gives(), found.golden());
            })
        .toList();
  }

  private record PortPart(Class<?> port, Part part) {

    /** Results lie under the package of the port; those of newer suites under their own. */
    String golden() {
      if (part.getClass().getPackageName().endsWith(".evaluation.suite")) {
        return SUITES.formatted(part.name());
      }
      String room = port.getPackageName();
      return room.startsWith(METHODS)
          ? GOLDEN.formatted(room.substring(METHODS.length()), part.name())
          : "";
    }
  }

  /** Where it is on the page of methods. */
  public String anchor() {
    return anchor(method.stage(), method.name());
  }

  /** Where a method of a stage is on the page of methods. */
  static String anchor(String stage, String method) {
    return stage + "." + method;
  }
}
