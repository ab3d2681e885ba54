package dev.sluice.pipelines.run.worker;

import dev.sluice.stages.Unit;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableSupplier;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.jspecify.annotations.Nullable;

/**
 * Has every unit of a wave done by a worker. Nothing comes back through the pipeline: what a unit
 * makes is durable in the store before the unit ends. A unit may be handed out twice after a worker
 * was lost, so the work looks for its own result first. No order between units.
 */
public final class RunUnits extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1;

  private final List<Unit> units;
  private final SerializableSupplier<BundleWorker> workers;

  private RunUnits(List<Unit> units, SerializableSupplier<BundleWorker> workers) {
    this.units = units;
    this.workers = workers;
  }

  /** The units and who does those of each bundle. */
  public static RunUnits of(List<Unit> units, SerializableSupplier<BundleWorker> workers) {
    return new RunUnits(units, workers);
  }

  @Override
  public PDone expand(PBegin begin) {
    begin
        .apply("Units", Read.from(new UnitSource(units)))
        .apply("Work", ParDo.of(new WorkFn(workers)))
        .setCoder(VoidCoder.of());
    return PDone.in(begin.getPipeline());
  }

  private static final class WorkFn extends DoFn<Unit, Void> {
    private static final long serialVersionUID = 1;
    private final SerializableSupplier<BundleWorker> workers;
    private transient @Nullable BundleWorker worker;

    WorkFn(SerializableSupplier<BundleWorker> workers) {
      this.workers = workers;
    }

    @StartBundle
    public void start() {
      worker = workers.get();
    }

    @ProcessElement
    public void process(@Element Unit unit) {
      Objects.requireNonNull(worker).take(unit);
    }

    @FinishBundle
    public void finish() {
      Objects.requireNonNull(worker).finish();
    }
  }
}
