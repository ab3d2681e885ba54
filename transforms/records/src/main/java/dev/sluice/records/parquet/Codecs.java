package dev.sluice.records.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * The compression of Parquet pages without Hadoop: writes zstd; reads zstd, snappy, gzip and
 * uncompressed pages.
 */
final class Codecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Parquet files are written with ZSTD, not " + codec);
    }
    return new ZstdCompressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD -> new Decompressor((in, size) -> Zstd.decompress(in, size));
      case SNAPPY -> new Decompressor((in, size) -> Snappy.uncompress(in));
      case GZIP -> new Decompressor(Codecs::gunzip);
      case UNCOMPRESSED -> new Decompressor((in, size) -> in);
      default ->
          throw new TableException(
              "it is compressed with %s, and only ZSTD, SNAPPY, GZIP and uncompressed pages can be read"
                  .formatted(codec));
    };
  }

  @Override
  public void release() {}

  private static byte[] array(BytesInput bytes) throws IOException {
    try (InputStream stream = bytes.toInputStream()) {
      return stream.readNBytes(Math.toIntExact(bytes.size()));
    }
  }

  private static byte[] gunzip(byte[] in, int size) throws IOException {
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(in))) {
      return stream.readNBytes(size);
    }
  }

  private static final class ZstdCompressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(array(bytes), LEVEL));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
  }

  /** Decompresses a whole page. */
  private interface Inflate {
    byte[] apply(byte[] compressed, int size) throws IOException;
  }

  private record Decompressor(Inflate inflate) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int size) throws IOException {
      return BytesInput.from(inflated(array(bytes), size));
    }

    @Override
    public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(inflated(compressed, size));
    }

    private byte[] inflated(byte[] compressed, int size) throws IOException {
      byte[] page;
      try {
        page = inflate.apply(compressed, size);
      } catch (RuntimeException e) {
        throw new IOException("A page cannot be decompressed.", e);
      }
      if (page.length != size) {
        throw new IOException(
            "A page decompresses to %d bytes, but its header says %d."
                .formatted(page.length, size));
      }
      return page;
    }

    @Override
    public void release() {}
  }
}
