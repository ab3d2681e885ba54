package dev.sluice.models.numerics;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the math libraries which kernels to use before PyTorch is loaded, and says afterwards which
 * they use. The libraries read the process's environment; it is set from within, so that no
 * launcher, test, cluster or foreign Beam worker has to.
 */
public final class MathLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(MathLibrary.class);

  /** Where PyTorch keeps MKL. */
  private static final String TORCH = "libtorch_cpu.so";

  private static final String LINUX = "Linux";

  /** {@code RTLD_NOW | RTLD_GLOBAL}. */
  private static final int FOR_ALL = 0x102;

  /** Any number but that of a domain. */
  private static final int ALL_DOMAINS = -1;

  private static final int STRICT = 0x10000;

  /** Libraries that stay loaded as long as the process. */
  private static final List<NativeLibrary> KEPT = new CopyOnWriteArrayList<>();

  private static final Set<String> WARNED = new CopyOnWriteArraySet<>();

  /** MKL's names of its branches, by number ({@code mkl_types.h}). */
  private static final Map<Integer, String> BRANCHES =
      Map.ofEntries(
          Map.entry(1, "OFF"),
          Map.entry(2, "AUTO"),
          Map.entry(3, "COMPATIBLE"),
          Map.entry(4, "SSE2"),
          Map.entry(6, "SSSE3"),
          Map.entry(8, "SSE4_2"),
          Map.entry(9, "AVX"),
          Map.entry(10, "AVX2"),
          Map.entry(12, "AVX512"),
          Map.entry(14, "AVX512_E1"));

  /** What a pipeline asked for; null if none did. Guarded by the class. */
  private static @Nullable NumericsMode asked;

  /** Whether the libraries have been told. Guarded by the class. */
  private static boolean prepared;

  private final KernelChoice choice;
  private final NumericsMode mode;

  private MathLibrary(NumericsMode mode) {
    this.mode = mode;
    choice = KernelChoice.of(mode, Processor.current(), System.getenv());
  }

  /**
   * Asks for a mode in place of the environment's.
   *
   * @param mode null: the environment's will do
   * @throws ModelException if this process computes in another mode already
   */
  public static synchronized void choose(@Nullable NumericsMode mode) {
    if (mode == null || mode == mode()) {
      return;
    }
    if (prepared) {
      throw new ModelException(
          "This process computes with numerics '%s' already, and the pipeline asks for '%s'. Start the worker with %s=%s, or run the pipeline in a process of its own."
              .formatted(mode().label(), mode.label(), NumericsMode.VARIABLE, mode.label()));
    }
    asked = mode;
  }

  private static synchronized NumericsMode mode() {
    return asked == null ? NumericsMode.ofEnvironment() : asked;
  }

  /**
   * Sets what the libraries read when they are loaded. To be called once in a process, before.
   *
   * @throws ModelException if the mode, the environment and the processor do not go together
   */
  public static synchronized MathLibrary prepare() {
    MathLibrary library = new MathLibrary(mode());
    prepared = true;
    KernelChoice choice = library.choice;
    library.caution().ifPresent(LOG::warn);
    try {
      if (choice.overridesVendor()) {
        override();
      }
      if (!choice.environment().isEmpty()) {
        Function set = NativeLibrary.getProcess().getFunction("setenv");
        choice.environment().forEach((name, value) -> set.invokeInt(new Object[] {name, value, 1}));
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      String failed =
          "The kernels of the math libraries cannot be chosen in this process (%s).".formatted(e);
      if (library.mode != NumericsMode.NATIVE) {
        throw new ModelException(
            failed + " Unset " + NumericsMode.VARIABLE + ", or make java.io.tmpdir writable.", e);
      }
      warn("%s Set MKL_CBWR=%s before it starts.".formatted(failed, choice.mkl()));
    }
    return library;
  }

  /**
   * What a person should know of the environment before models compute; empty if nothing.
   *
   * @param mode null: the environment's
   * @throws ModelException if the mode, the environment and the processor do not go together
   */
  public static Optional<String> caution(@Nullable NumericsMode mode) {
    return of(mode).caution();
  }

  private Optional<String> caution() {
    return choice.byUser()
        ? Optional.of(
            "MKL_CBWR=%s of the environment is kept, so rows are those of that setting. Unset it to let Sluice choose the kernels."
                .formatted(choice.mkl()))
        : Optional.empty();
  }

  /** What went otherwise than it should when the libraries were loaded; empty if nothing did. */
  public static List<String> warnings() {
    return List.copyOf(WARNED);
  }

  private static void warn(String sentence) {
    LOG.warn(sentence);
    WARNED.add(sentence);
  }

  private static MathLibrary of(@Nullable NumericsMode mode) {
    return new MathLibrary(mode == null ? NumericsMode.ofEnvironment() : mode);
  }

  private static void override() throws IOException {
    if (!System.getProperty("os.name", "").equals(LINUX)) {
      throw new IOException("the kernels of another vendor's processor need Linux");
    }
    Path file = Files.createTempFile("sluice-numerics", ".so");
    try {
      Files.write(file, VendorOverride.library());
      KEPT.add(
          NativeLibrary.getInstance(file.toString(), Map.of(Library.OPTION_OPEN_FLAGS, FOR_ALL)));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * The kernels in use, after PyTorch was loaded: equal texts promise equal bits.
   *
   * @throws ModelException if a mode was asked for and has had no effect
   */
  public String verified() {
    Optional<String> actual = mkl();
    String wanted = choice.mkl();
    if (!wanted.isEmpty() && !wanted.equals(actual.orElse(""))) {
      String sentence =
          "MKL was to use the branch %s and %s: something in this process loaded PyTorch before Sluice, or the processor (%s) or this build of PyTorch does not offer it."
              .formatted(
                  wanted,
                  actual.map("uses %s"::formatted).orElse("does not say what it uses"),
                  Processor.current().name());
      if (mode != NumericsMode.NATIVE) {
        throw new ModelException(sentence + " Choose numerics: native.");
      }
      warn(sentence + " Rows may differ from those of other machines.");
    }
    return label(actual.map(MathLibrary::chosen).orElse("none"));
  }

  /**
   * The kernels that this process would use, without loading anything.
   *
   * @param mode null: the environment's
   */
  public static String expected(@Nullable NumericsMode mode) {
    MathLibrary library = of(mode);
    String mkl = library.choice.offered(Processor.current());
    boolean intelArchitecture = Processor.current().widest() != VectorWidth.BASE;
    return library.label(mkl.isEmpty() ? chosen(intelArchitecture ? "OFF" : "none") : mkl);
  }

  private String label(String mkl) {
    return "MKL %s, vectors %s".formatted(mkl, choice.vectors().label());
  }

  /** Where MKL decides, its kernels go by the vendor. */
  private static String chosen(String branch) {
    return branch.equals("OFF") ? "for " + Processor.current().vendor() : branch;
  }

  /** The branch that MKL uses, as its environment variable names it; empty without MKL. */
  private static Optional<String> mkl() {
    try {
      int number =
          NativeLibrary.getInstance(TORCH)
              .getFunction("mkl_serv_cbwr_get")
              .invokeInt(new Object[] {ALL_DOMAINS});
      String branch = BRANCHES.getOrDefault(number & ~STRICT, "branch " + (number & ~STRICT));
      return Optional.of((number & STRICT) == 0 ? branch : branch + ",STRICT");
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
