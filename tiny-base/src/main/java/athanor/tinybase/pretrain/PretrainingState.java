package athanor.tinybase.pretrain;

import athanor.diffusion.pretraining.PretrainerState;
import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsFile;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a pretraining rests between two processes: one safetensors file a stage, replaced as a whole. */
record PretrainingState(Path file) {

    Optional<PretrainerState> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (SafetensorsFile saved = SafetensorsFile.open(file)) {
            return Optional.of(new PretrainerState(
                    (int) saved.longs("step")[0],
                    saved.floats("values").values(),
                    saved.floats("first_moment").values(),
                    saved.floats("second_moment").values(),
                    saved.floats("running_mean").values()));
        }
    }

    void write(PretrainerState state) throws IOException {
        long[] shape = {state.values().length};
        new SafetensorsWriter()
                .addLongs("step", new long[] {1}, new long[] {state.step()})
                .add("values", shape, state.values(), Dtype.F32)
                .add("first_moment", shape, state.firstMoment(), Dtype.F32)
                .add("second_moment", shape, state.secondMoment(), Dtype.F32)
                .add("running_mean", shape, state.runningMean(), Dtype.F32)
                .write(file);
    }
}
