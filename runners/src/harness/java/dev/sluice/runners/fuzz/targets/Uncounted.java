package dev.sluice.runners.fuzz.targets;

import java.util.Arrays;

/**
 * A method of a reader's classes whose lines do not count, because it reads nothing foreign.
 *
 * @param type the whole name of its class; of a nested one with a {@code $}
 * @param method its name; {@code <init>} is a constructor; all methods of the name are meant
 * @param reason why, to follow "it"
 */
public record Uncounted(String type, String method, String reason) {

  /** Reads {@code Class.method}, a name of a package before it. */
  public static Uncounted of(String name, String reason) {
    int dot = name.lastIndexOf('.');
    return new Uncounted(name.substring(0, dot), name.substring(dot + 1), reason);
  }

  /** Whether JaCoCo's name of a class and a method mean it, or a lambda in it. */
  public boolean means(String jacocoType, String jacocoMethod) {
    return type.equals(jacocoType.replace('/', '.'))
        && (method.equals(jacocoMethod) || jacocoMethod.startsWith("lambda$" + method + "$"));
  }

  /** Whether the class has such a method. */
  public boolean exists() {
    try {
      Class<?> found = Class.forName(type, false, Uncounted.class.getClassLoader());
      return method.equals("<init>")
          || Arrays.stream(found.getDeclaredMethods()).anyMatch(m -> m.getName().equals(method));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Such as {@code Safetensors.write}. */
  public String shown() {
    return type.substring(type.lastIndexOf('.') + 1) + "." + method;
  }
}
