package dev.sluice.models.djl.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class FlatArrayTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10, 11, 100})
  void piecesMakeTheWhole(int piece) {
    float[] values = new float[10];
    for (int i = 0; i < values.length; i++) {
      values[i] = i + .5f;
    }
    try (NDManager manager = NativeEngine.newManager(Device.cpu())) {
      NDArray array = FlatArray.create(manager, values, piece);
      assertThat(array.toFloatArray()).containsExactly(values);
      assertThat(FlatArray.read(array, piece)).containsExactly(values);
      NDArray sharing = array.stopGradient();
      FlatArray.write(array, new float[10], piece);
      assertThat(sharing.toFloatArray()).containsOnly(0);
      int arrays = manager.getManagedArrays().size();
      FlatArray.write(array, values, piece);
      assertThat(FlatArray.read(array, piece)).containsExactly(values);
      assertThat(manager.getManagedArrays()).hasSize(arrays);
    }
  }
}
