package athanor.diffusion.singlefile;

import athanor.diffusion.network.UNetConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The UNet's names in the original code of Stable Diffusion (LDM, and SGM for XL) and in diffusers. LDM numbers the
 * blocks of the way down and of the way up through; diffusers counts levels and, in each, what is alike.
 *
 * <p>Works for paths of modules and for names of tensors: what stands behind a module's path is kept.
 */
public final class LdmNames {

    private static final Map<String, String> RESNET = Map.of(
            "in_layers.0", "norm1",
            "in_layers.2", "conv1",
            "emb_layers.1", "time_emb_proj",
            "out_layers.0", "norm2",
            "out_layers.3", "conv2",
            "skip_connection", "conv_shortcut");

    private final Map<String, String> toDiffusers = new HashMap<>();
    private final Map<String, String> toLdm = new HashMap<>();

    private LdmNames() {}

    public static LdmNames of(UNetConfig config) {
        LdmNames names = new LdmNames();
        names.pair("input_blocks.0.0", "conv_in");
        names.pair("out.0", "conv_norm_out");
        names.pair("out.2", "conv_out");
        names.pair("time_embed.0", "time_embedding.linear_1");
        names.pair("time_embed.2", "time_embedding.linear_2");
        names.pair("label_emb.0.0", "add_embedding.linear_1");
        names.pair("label_emb.0.2", "add_embedding.linear_2");
        names.down(config);
        names.resnet("middle_block.0", "mid_block.resnets.0");
        names.pair("middle_block.1", "mid_block.attentions.0");
        names.resnet("middle_block.2", "mid_block.resnets.1");
        names.up(config);
        return names;
    }

    private void down(UNetConfig config) {
        int block = 1;
        for (int level = 0; level < config.levels(); level++) {
            for (int layer = 0; layer < config.layersPerBlock().get(level); layer++) {
                resnet("input_blocks.%d.0".formatted(block), "down_blocks.%d.resnets.%d".formatted(level, layer));
                pair("input_blocks.%d.1".formatted(block), "down_blocks.%d.attentions.%d".formatted(level, layer));
                block++;
            }
            pair("input_blocks.%d.0.op".formatted(block++), "down_blocks.%d.downsamplers.0.conv".formatted(level));
        }
    }

    private void up(UNetConfig config) {
        int block = 0;
        for (int level = 0; level < config.levels(); level++) {
            // one layer more than on the way down: the level's input is joined in too
            int layers = config.layersPerBlock().get(config.levels() - 1 - level) + 1;
            for (int layer = 0; layer < layers; layer++) {
                resnet("output_blocks.%d.0".formatted(block), "up_blocks.%d.resnets.%d".formatted(level, layer));
                pair("output_blocks.%d.1".formatted(block), "up_blocks.%d.attentions.%d".formatted(level, layer));
                block++;
            }
            // LDM puts it behind the transformer where there is one; LoRA files of XL say 2 always
            String upsampler = "up_blocks.%d.upsamplers.0.conv".formatted(level);
            pair("output_blocks.%d.1.conv".formatted(block - 1), upsampler);
            pair("output_blocks.%d.2.conv".formatted(block - 1), upsampler);
        }
    }

    private void resnet(String ldm, String diffusers) {
        RESNET.forEach((ldmLayer, layer) -> pair(ldm + "." + ldmLayer, diffusers + "." + layer));
    }

    private void pair(String ldm, String diffusers) {
        toDiffusers.put(ldm, diffusers);
        toLdm.put(diffusers, ldm);
    }

    /** {@code input_blocks.4.1.proj_in} as {@code down_blocks.1.attentions.0.proj_in}; null where there is no such block. */
    public @Nullable String toDiffusers(String ldm) {
        return translate(ldm, toDiffusers);
    }

    /** The way back. */
    public @Nullable String toLdm(String diffusers) {
        return translate(diffusers, toLdm);
    }

    /** By the longest start of the path that is a block or a layer. */
    private static @Nullable String translate(String path, Map<String, String> blocks) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            String block = blocks.get(path.substring(0, end));
            if (block != null) {
                return block + path.substring(end);
            }
        }
        return null;
    }
}
