package athanor.diffusion.model;

import static org.assertj.core.api.Assertions.assertThat;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelsTest {

    @TempDir
    Path first;

    @TempDir
    Path second;

    @Test
    void aDiffusersFolderAndASingleFileAreBothFoundByTheirName() throws IOException {
        Files.createFile(Files.createDirectory(first.resolve("tiny")).resolve("model_index.json"));
        write(second.resolve("photo-v1.5.safetensors"), "model.diffusion_model.out.2.bias");

        BaseModels models = both();

        assertThat(models.find("tiny")).isEqualTo(new BaseModelSearch.Found("tiny", first.resolve("tiny")));
        assertThat(models.find("photo-v1.5"))
                .isEqualTo(new BaseModelSearch.Found("photo-v1.5", second.resolve("photo-v1.5.safetensors")));
        assertThat(models.names()).containsExactly("photo-v1.5", "tiny");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNamesThatExist() throws IOException {
        write(second.resolve("tiny.safetensors"), "model.diffusion_model.out.2.bias");

        assertThat(sentence("sd15"))
                .contains("no base model 'sd15'")
                .contains(first.toString())
                .contains("only: tiny.")
                .contains("put the missing one there");
    }

    @Test
    void aNameCannotLeadOutOfTheFolders() throws IOException {
        Files.createFile(first.getParent().resolve(first.getFileName() + "-neighbour.safetensors"));

        assertThat(sentence("../" + first.getFileName() + "-neighbour")).contains("is not the name of a base model");
        assertThat(sentence("")).contains("is not the name of a base model");
        assertThat(sentence("..")).contains("is not the name of a base model");
    }

    @Test
    void aPickledCheckpointAndAFolderThatIsNoModelAreRefusedWithWhatToDo() throws IOException {
        Files.createFile(first.resolve("old.ckpt"));
        Files.createDirectory(first.resolve("holiday"));

        assertThat(sentence("old")).contains("pickled checkpoint").contains("Convert it to .safetensors");
        assertThat(sentence("old.ckpt")).contains("old.ckpt is a pickled checkpoint");
        assertThat(sentence("holiday")).contains("no model_index.json");
    }

    @Test
    void aPathMeansThatFileAndNoOtherOfItsName() throws IOException {
        Files.createFile(Files.createDirectory(first.resolve("portrait")).resolve("model_index.json"));
        Path file = Files.createFile(first.resolve("portrait.safetensors"));
        Path other = Files.createFile(second.resolve("portrait.safetensors"));

        assertThat(both().find("portrait"))
                .as("the name alone means the folder that comes first")
                .isEqualTo(new BaseModelSearch.Found("portrait", first.resolve("portrait")));
        assertThat(both().find(file.toString())).isEqualTo(new BaseModelSearch.Found(file.toString(), file));
        assertThat(both().find(other.toString())).isEqualTo(new BaseModelSearch.Found(other.toString(), other));
        assertThat(both().find(first + "/portrait"))
                .isEqualTo(new BaseModelSearch.Found(first + "/portrait", first.resolve("portrait")));
    }

    @Test
    void aPathThatIsNoBaseIsRefusedWithWhatItIs() throws IOException {
        Files.createFile(first.resolve("old.ckpt"));
        Files.createFile(first.resolve("notes.txt"));
        Files.createDirectory(first.resolve("holiday"));
        Path elsewhere = Files.createFile(first.getParent().resolve(first.getFileName() + "-neighbour.safetensors"));

        assertThat(sentence(first + "/old.ckpt")).contains("pickled checkpoint");
        assertThat(sentence(first + "/notes.txt")).contains("no .safetensors file");
        assertThat(sentence(first + "/holiday")).contains("no model_index.json");
        assertThat(sentence(first + "/portrait")).contains("no base model at");
        assertThat(sentence(elsewhere.toString())).contains("lies in none of the folders");
        assertThat(sentence(first + "/../" + elsewhere.getFileName())).contains("lies in none of the folders");
        assertThat(sentence("/")).contains("lies in none of the folders");
    }

    @Test
    void whatIsNoBaseIsNotListed() throws IOException {
        write(first.resolve("base.safetensors"), "model.diffusion_model.out.2.bias");
        write(first.resolve("lora.safetensors"), "lora_unet_mid_block_attentions_0_proj_in.alpha");
        write(first.resolve("vae.safetensors"), "decoder.conv_in.weight");
        Files.createFile(first.resolve("half.safetensors"));
        Files.createDirectory(first.resolve("base.config"));
        Files.createDirectory(first.resolve("outputs"));
        Files.createFile(first.resolve("notes.txt"));

        assertThat(both().names()).containsExactly("base");
        assertThat(sentence("sd15")).contains("only: base.");
    }

    private static void write(Path file, String tensor) throws IOException {
        new SafetensorsWriter()
                .add(tensor, new long[] {1}, new float[1], Dtype.F32)
                .write(file);
    }

    @Test
    void withoutFoldersTheAnswerNamesTheSetting() {
        assertThat(((BaseModelSearch.Unknown) BaseModels.of("").find("tiny")).sentence())
                .contains("Set athanor.base-models");
    }

    private BaseModels both() {
        return BaseModels.of(first + File.pathSeparator + second);
    }

    private String sentence(String name) {
        return ((BaseModelSearch.Unknown) both().find(name)).sentence();
    }
}
