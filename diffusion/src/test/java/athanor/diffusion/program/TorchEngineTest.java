package athanor.diffusion.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told to DJL of a libtorch that is not the one on the class path; folders as pip lays them out. */
class TorchEngineTest {

    @TempDir
    Path packages;

    @Test
    void aPyTorchWithCudaBringsItsCudaRuntimeAndTheFlavor() throws IOException {
        Path torch = torchFolder("libtorch.so", "libtorch_cuda.so");

        assertThat(TorchEngine.forCuda(torch.toString()))
                .containsEntry("PYTORCH_FLAVOR", "cu128")
                .containsEntry(
                        "jna.library.path", packages.resolve("nvidia/cuda_runtime/lib") + File.pathSeparator + torch);
    }

    @Test
    void theFolderWithCudaIsFoundAmongOthers() throws IOException {
        Path torch = torchFolder("libtorch.so", "libtorch_cuda.so");

        assertThat(TorchEngine.forCuda(packages.resolve("elsewhere") + File.pathSeparator + torch))
                .containsKey("jna.library.path");
    }

    @Test
    void aPyTorchForProcessorsNeedsNothing() throws IOException {
        assertThat(TorchEngine.forCuda(torchFolder("libtorch.so").toString())).isEmpty();
    }

    private Path torchFolder(String... libraries) throws IOException {
        Path folder = Files.createDirectories(packages.resolve("torch/lib"));
        for (String library : libraries) {
            Files.createFile(folder.resolve(library));
        }
        return folder;
    }
}
