package athanor.diffusion.singlefile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The VAE of a single-file checkpoint: its configuration read off the tensors, and its names in diffusers. */
final class LdmVae {

    private static final Map<String, String> ATTENTION =
            Map.of("norm", "group_norm", "q", "to_q", "k", "to_k", "v", "to_v", "proj_out", "to_out.0");

    private final Shapes tensors;
    private final int levels;

    LdmVae(Shapes tensors) {
        this.tensors = tensors;
        this.levels = tensors.count("encoder.down.", ".block.0.conv1.weight");
    }

    /** As {@code vae/config.json} would say it. */
    Map<String, Object> config(double scalingFactor, List<String> assumptions) {
        if (levels == 0) {
            throw tensors.wrong("found no VAE, wanted tensors under first_stage_model.encoder.down");
        }
        List<Integer> channels = new ArrayList<>();
        List<String> down = new ArrayList<>();
        List<String> up = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            channels.add(tensors.size("encoder.down.%d.block.0.conv2.weight".formatted(level), 0));
            down.add("DownEncoderBlock2D");
            up.add("UpDecoderBlock2D");
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("in_channels", tensors.size("encoder.conv_in.weight", 1));
        config.put("out_channels", tensors.size("decoder.conv_out.weight", 0));
        config.put("block_out_channels", channels);
        config.put("down_block_types", down);
        config.put("up_block_types", up);
        config.put("layers_per_block", tensors.count("encoder.down.0.block.", ".conv1.weight"));
        config.put("latent_channels", tensors.size("decoder.conv_in.weight", 1));
        config.put("norm_num_groups", LdmUNet.groups(channels, "VAE", assumptions));
        config.put("use_quant_conv", tensors.has("quant_conv.weight"));
        config.put("use_post_quant_conv", tensors.has("post_quant_conv.weight"));
        config.put("mid_block_add_attention", tensors.has("encoder.mid.attn_1.q.weight"));
        config.put("scaling_factor", scalingFactor);
        return config;
    }

    /** {@code decoder.up.3.block.0.conv1.weight} as {@code decoder.up_blocks.0.resnets.0.conv1.weight}; null: no such part. */
    @Nullable
    String toDiffusers(String name) {
        String[] path = name.split("\\.", -1);
        if (path.length == 2) {
            return path[0].endsWith("quant_conv") ? name : null;
        }
        if (!path[0].equals("encoder") && !path[0].equals("decoder")) {
            return null;
        }
        String last = path[path.length - 1];
        return switch (path[1]) {
            case "conv_in", "conv_out" -> name;
            case "norm_out" -> path[0] + ".conv_norm_out." + last;
            case "mid" -> path.length < 5 ? null : middle(path, last);
            case "down", "up" -> path.length < 6 ? null : block(path, last);
            default -> null;
        };
    }

    private static @Nullable String middle(String[] path, String last) {
        String middle = path[0] + ".mid_block.";
        return switch (path[2]) {
            case "block_1" -> middle + "resnets.0." + layer(path[3]) + "." + last;
            case "block_2" -> middle + "resnets.1." + layer(path[3]) + "." + last;
            case "attn_1" -> middle + "attentions.0." + ATTENTION.getOrDefault(path[3], path[3]) + "." + last;
            default -> null;
        };
    }

    private @Nullable String block(String[] path, String last) {
        // LDM counts the decoder's levels from the picture inwards, diffusers in the order of the work
        boolean down = path[1].equals("down");
        int level = Integer.parseInt(path[2]);
        String block = "%s.%s_blocks.%d.".formatted(path[0], path[1], down ? level : levels - 1 - level);
        return switch (path[3]) {
            case "block" -> path.length < 7 ? null : block + "resnets." + path[4] + "." + layer(path[5]) + "." + last;
            case "downsample" -> block + "downsamplers.0.conv." + last;
            case "upsample" -> block + "upsamplers.0.conv." + last;
            default -> null;
        };
    }

    private static String layer(String ldm) {
        return ldm.equals("nin_shortcut") ? "conv_shortcut" : ldm;
    }
}
