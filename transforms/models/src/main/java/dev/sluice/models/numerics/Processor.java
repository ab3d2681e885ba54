package dev.sluice.models.numerics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The processor of this machine, as Linux describes it.
 *
 * @param vendor such as {@code GenuineIntel}; the architecture where Linux names none
 * @param name the model's name
 * @param flags instruction sets and features
 */
public record Processor(String vendor, String name, Set<String> flags) {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");
  private static final String INTEL = "GenuineIntel";

  /** What both MKL and PyTorch ask for before they take kernels for AVX-512. */
  private static final List<String> FOR_AVX512 =
      List.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl", "fma");

  private static final List<String> FOR_AVX2 = List.of("avx2", "fma");

  private static final Processor CURRENT = read();

  public Processor {
    flags = Set.copyOf(flags);
  }

  /** The processor of this machine. */
  public static Processor current() {
    return CURRENT;
  }

  private static Processor read() {
    try {
      return parse(Files.readString(DESCRIPTION, StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Not Linux: no branch is chosen there, and the check decides.
      return parse("");
    }
  }

  /** Reads the first processor of {@code /proc/cpuinfo}. */
  static Processor parse(String description) {
    Map<String, String> first = new TreeMap<>();
    for (String line : description.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        if (!first.isEmpty()) {
          break;
        }
        continue;
      }
      first.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
    String architecture = System.getProperty("os.arch", "unknown");
    return new Processor(
        first.getOrDefault("vendor_id", architecture),
        name(first, architecture),
        Set.of(first.getOrDefault("flags", "").split(" ", -1)));
  }

  /** Hypervisors shorten names; family and model tell processors apart all the same. */
  private static String name(Map<String, String> first, String architecture) {
    String name = first.getOrDefault("model name", architecture);
    return first.containsKey("cpu family") && first.containsKey("model")
        ? "%s (family %s, model %s)".formatted(name, first.get("cpu family"), first.get("model"))
        : name;
  }

  /** Whether MKL officially offers this processor a choice of kernels. */
  public boolean intel() {
    return vendor.equals(INTEL);
  }

  /** The widest vectors that the math libraries use on it. */
  public VectorWidth widest() {
    if (flags.containsAll(FOR_AVX512)) {
      return VectorWidth.AVX512;
    }
    return flags.containsAll(FOR_AVX2) ? VectorWidth.AVX2 : VectorWidth.BASE;
  }
}
