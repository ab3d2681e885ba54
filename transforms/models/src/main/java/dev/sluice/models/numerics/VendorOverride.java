package dev.sluice.models.numerics;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A shared library of one function, {@code int mkl_serv_intel_cpu_true(void)}, which returns 1.
 *
 * <p>MKL asks a function of that name whether the processor is Intel's before it offers its kernels
 * and their strict reproducibility. The dynamic linker takes the first definition that it finds, so
 * a library that is loaded before MKL and for all to see answers in its place. What the kernels
 * need of the processor MKL still asks the processor itself. The function is not documented: {@link
 * MathLibrary} looks whether the override had its effect.
 *
 * <p>The library is written here, as an ELF file of two pages, since nothing else of Sluice is
 * native code that would need a compiler.
 */
final class VendorOverride {
  private static final String SYMBOL = "mkl_serv_intel_cpu_true";

  /** {@code mov eax, 1; ret}. */
  private static final byte[] CODE = {(byte) 0xb8, 1, 0, 0, 0, (byte) 0xc3};

  private static final int PAGE = 4096;
  private static final int HEADER = 64;
  private static final int SEGMENTS = 4;
  private static final int SEGMENT = 56;
  private static final int SYMBOL_SIZE = 24;

  private static final int SYMBOLS = HEADER + SEGMENTS * SEGMENT;
  private static final int NAMES = SYMBOLS + 2 * SYMBOL_SIZE;
  private static final int NAMES_SIZE = SYMBOL.length() + 2;
  private static final int HASH = aligned(NAMES + NAMES_SIZE, 8);
  private static final int TEXT = aligned(HASH + 5 * Integer.BYTES, 16);

  /** The linker writes to it, so it has a page of its own. */
  private static final int DYNAMIC = PAGE;

  private static final int DYNAMIC_SIZE = 6 * 16;

  private static final int LOAD = 1;
  private static final int DYNAMIC_SEGMENT = 2;
  private static final int STACK = 0x6474e551;
  private static final int EXECUTE = 1;
  private static final int WRITE = 2;
  private static final int READ = 4;

  private VendorOverride() {}

  private static int aligned(int place, int to) {
    return (place + to - 1) / to * to;
  }

  /** The file's content (ELF specification 1.2; System V ABI, AMD64 supplement). */
  static byte[] library() {
    ByteBuffer file = ByteBuffer.allocate(DYNAMIC + DYNAMIC_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    header(file);
    segment(file, LOAD, READ | EXECUTE, 0, TEXT + CODE.length, PAGE);
    segment(file, LOAD, READ | WRITE, DYNAMIC, DYNAMIC_SIZE, PAGE);
    segment(file, DYNAMIC_SEGMENT, READ | WRITE, DYNAMIC, DYNAMIC_SIZE, 8);
    // Without it the linker would make every thread's stack executable.
    segment(file, STACK, READ | WRITE, 0, 0, 16);
    symbols(file);
    file.position(NAMES)
        .put((byte) 0)
        .put(SYMBOL.getBytes(StandardCharsets.US_ASCII))
        .put((byte) 0);
    // One bucket, which begins at symbol 1; no chain goes on.
    file.position(HASH);
    for (int word : new int[] {1, 2, 1, 0, 0}) {
      file.putInt(word);
    }
    file.position(TEXT).put(CODE);
    file.position(DYNAMIC);
    for (long[] entry :
        new long[][] {
          {4, HASH}, {5, NAMES}, {6, SYMBOLS}, {10, NAMES_SIZE}, {11, SYMBOL_SIZE}, {0, 0}
        }) {
      file.putLong(entry[0]).putLong(entry[1]);
    }
    return file.array();
  }

  private static void header(ByteBuffer file) {
    file.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}).putLong(0);
    // A shared object for x86-64.
    file.putShort((short) 3).putShort((short) 62).putInt(1);
    file.putLong(0).putLong(HEADER).putLong(0).putInt(0);
    file.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) SEGMENTS);
    file.putShort((short) HEADER).putShort((short) 0).putShort((short) 0);
  }

  private static void segment(
      ByteBuffer file, int type, int flags, long place, long size, long alignment) {
    file.putInt(type).putInt(flags);
    file.putLong(place).putLong(place).putLong(place);
    file.putLong(size).putLong(size).putLong(alignment);
  }

  private static void symbols(ByteBuffer file) {
    // The first one is empty. Ours is global, a function, and defined.
    file.position(SYMBOLS + SYMBOL_SIZE);
    file.putInt(1).put((byte) (1 << 4 | 2)).put((byte) 0).putShort((short) 1);
    file.putLong(TEXT).putLong(CODE.length);
  }
}
