package dev.sluice.pipelines.run.worker;

import dev.sluice.stages.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The units of a wave as a source that splits into one source a unit. Runners hand splits out when
 * a worker asks for the next one, so a free worker takes the next unit and no key decides who does
 * what.
 */
final class UnitSource extends BoundedSource<Unit> {
  private static final long serialVersionUID = 1;

  private final ArrayList<Unit> units;

  UnitSource(List<Unit> units) {
    this.units = new ArrayList<>(units);
  }

  @Override
  public List<UnitSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
    List<UnitSource> sources = new ArrayList<>();
    for (int k = units.size() - 1; k >= 0; k--) {
      // Flink hands the last split out first; so people see the first unit done first.
      sources.add(new UnitSource(List.of(units.get(k))));
    }
    return sources;
  }

  @Override
  public long getEstimatedSizeBytes(PipelineOptions options) {
    return units.size();
  }

  @Override
  public Coder<Unit> getOutputCoder() {
    return SerializableCoder.of(Unit.class);
  }

  @Override
  public BoundedReader<Unit> createReader(PipelineOptions options) {
    return new Reader(this);
  }

  private static final class Reader extends BoundedReader<Unit> {
    private final UnitSource source;
    private int at = -1;

    Reader(UnitSource source) {
      this.source = source;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      at++;
      return at < source.units.size();
    }

    @Override
    public Unit getCurrent() {
      if (at < 0 || at >= source.units.size()) {
        throw new NoSuchElementException(
            "The reader stands before the first or after the last unit.");
      }
      return source.units.get(at);
    }

    @Override
    public void close() {}

    @Override
    public BoundedSource<Unit> getCurrentSource() {
      return source;
    }

    @Override
    public @Nullable Double getFractionConsumed() {
      return source.units.isEmpty() ? 1.0 : Math.max(0, at) / (double) source.units.size();
    }
  }
}
