package athanor.tinybase.pretrain;

import athanor.diffusion.safetensors.Dtype;
import athanor.diffusion.safetensors.SafetensorsWriter;
import athanor.tinybase.world.WorldTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the tiny base in the standard diffusers layout, weights in float16. */
record BaseFolder(Path folder) {

    void writeConfigurations(WorldTokenizer tokenizer) throws IOException {
        put("model_index.json", TinyArchitecture.modelIndex());
        put("vae/config.json", TinyArchitecture.vae());
        put("unet/config.json", TinyArchitecture.unet());
        put("text_encoder/config.json", TinyArchitecture.textEncoder(tokenizer));
        put("scheduler/scheduler_config.json", TinyArchitecture.scheduler());
        tokenizer.write(folder.resolve("tokenizer"));
    }

    void writeAutoencoder(Map<String, NamedTensor> weights) throws IOException {
        write("vae/diffusion_pytorch_model.safetensors", weights);
    }

    void writeUNet(Map<String, NamedTensor> weights) throws IOException {
        write("unet/diffusion_pytorch_model.safetensors", weights);
    }

    void writeTextEncoder(Map<String, NamedTensor> weights) throws IOException {
        write("text_encoder/model.safetensors", weights);
    }

    private void write(String name, Map<String, NamedTensor> weights) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter().metadata("format", "pt");
        weights.forEach((key, tensor) -> writer.add(key, tensor.longShape(), tensor.values(), Dtype.F16));
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        writer.write(target);
    }

    private void put(String name, Map<String, Object> json) throws IOException {
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        Files.writeString(target, ConfigText.of(json), StandardCharsets.UTF_8);
    }
}
