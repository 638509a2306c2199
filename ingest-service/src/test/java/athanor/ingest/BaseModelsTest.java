package athanor.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelsTest {

    @TempDir
    Path folder;

    private BaseModels bases;

    @BeforeEach
    void fillTheFolder() throws IOException {
        Files.createFile(Files.createDirectory(folder.resolve("tiny")).resolve("model_index.json"));
        Files.createFile(Files.createDirectories(folder.resolve("parts/unet")).resolve("config.json"));
        write("photo-v1.5.safetensors", "model.diffusion_model.out.2.bias");
        write("lora.safetensors", "lora_unet_mid_block_attentions_0_proj_in.alpha");
        write("vae.safetensors", "decoder.conv_in.weight");
        Files.write(folder.resolve("half.safetensors"), new byte[3]);
        Files.createDirectory(folder.resolve("outputs"));
        Files.createDirectory(folder.resolve("photo-v1.5.config"));
        Files.createFile(folder.resolve("old.ckpt"));
        bases = new BaseModels(Optional.of(folder.toString()));
    }

    @Test
    void foldersAndCheckpointsAreBasesAndNothingElseIs() {
        assertThat(bases.refuse("tiny")).isEmpty();
        assertThat(bases.refuse("parts")).isEmpty();
        assertThat(bases.refuse("photo-v1.5")).isEmpty();
        assertThat(bases.refuse("lora"))
                .hasValueSatisfying(
                        sentence -> assertThat(sentence)
                                .isEqualTo(
                                        "there is no base model 'lora'; known are parts, photo-v1.5, tiny (setting athanor.base-models)"));
    }

    @Test
    void aPathMeansThatEntryOfTheFolders() {
        for (String name : new String[] {"tiny", "parts", "photo-v1.5.safetensors"}) {
            assertThat(bases.refuse(folder + "/" + name)).as(name).isEmpty();
        }
        assertThat(bases.nativeSide(folder + "/photo-v1.5.safetensors")).contains(512);
    }

    @Test
    void aPathThatMeansNoBaseIsRefusedWithTheReason() {
        assertThat(bases.refuse(folder + "/old.ckpt").orElseThrow())
                .contains("pickled")
                .contains("convert");
        assertThat(bases.refuse(folder + "/lora.safetensors").orElseThrow()).contains("holds no UNet");
        assertThat(bases.refuse(folder + "/half.safetensors").orElseThrow()).contains("holds no UNet");
        assertThat(bases.refuse(folder + "/outputs").orElseThrow()).contains("no model_index.json");
        assertThat(bases.refuse(folder + "/none").orElseThrow()).contains("no base model at");
        assertThat(bases.refuse(folder + "/../none").orElseThrow()).contains("none of the folders");
        assertThat(bases.refuse("/etc/passwd").orElseThrow()).contains("none of the folders");
    }

    @Test
    void aPickledCheckpointIsNamedAsSuch() {
        for (String name : new String[] {"old", "old.ckpt"}) {
            assertThat(bases.refuse(name))
                    .hasValueSatisfying(sentence -> assertThat(sentence)
                            .contains("old.ckpt is a pickled checkpoint")
                            .contains("convert it to .safetensors"));
        }
        assertThat(bases.refuse("missing.ckpt").orElseThrow()).startsWith("there is no base model 'missing.ckpt'");
        assertThat(bases.refuse("../old").orElseThrow()).startsWith("there is no base model '../old'");
    }

    @Test
    void theSizeThatABaseWasMadeForIsReadFromItsConfiguration() throws IOException {
        config("xl", 128, "[128, 256, 512, 512]");
        config("v2", 96, "[128, 256, 512, 512]");
        config("little", 16, "[8, 16, 16]");
        write("xl-file.safetensors", "model.diffusion_model.x\":1,\"conditioner.embedders.1.model.ln_final.bias");
        write("v2-file.safetensors", "model.diffusion_model.x\":1,\"cond_stage_model.model.ln_final.bias");

        assertThat(bases.nativeSide("xl")).contains(1024);
        assertThat(bases.nativeSide("v2")).contains(768);
        assertThat(bases.nativeSide("little")).contains(64);
        assertThat(bases.nativeSide("xl-file")).contains(1024);
        assertThat(bases.nativeSide("v2-file")).contains(768);
        assertThat(bases.nativeSide("photo-v1.5")).contains(512);
        assertThat(bases.nativeSide("tiny")).isEmpty();
        assertThat(bases.nativeSide("lora")).isEmpty();
        assertThat(bases.nativeSide("../xl")).isEmpty();
    }

    private void config(String base, int latents, String levels) throws IOException {
        Path parts = folder.resolve(base);
        Files.writeString(
                Files.createDirectories(parts.resolve("unet")).resolve("config.json"),
                "{\"sample_size\": %d, \"mid_block_type\": null}".formatted(latents));
        Files.writeString(
                Files.createDirectories(parts.resolve("vae")).resolve("config.json"),
                "{\"block_out_channels\": %s}".formatted(levels));
    }

    private void write(String name, String tensor) throws IOException {
        byte[] header = "{\"%s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}"
                .formatted(tensor)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                folder.resolve(name), file.putLong(header.length).put(header).array());
    }
}
