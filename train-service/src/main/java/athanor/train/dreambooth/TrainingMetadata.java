package athanor.train.dreambooth;

import athanor.contracts.Size;
import athanor.contracts.dataset.PreparedDataset;
import athanor.contracts.events.DatasetPrepared;
import athanor.contracts.json.Json;
import athanor.contracts.plan.PlanView;
import athanor.contracts.recipe.Optimizer;
import athanor.contracts.recipe.Recipe;
import athanor.contracts.recipe.Targets;
import athanor.diffusion.lora.LoraMetadata;
import athanor.diffusion.model.BaseModel;
import athanor.train.training.TrainedSizes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The metadata that travels inside a LoRA file: what kohya's trainer writes, because every viewer and sampler reads that, and
 * what nobody else writes down: the sizes the network really saw, the trigger, the recipe.
 */
final class TrainingMetadata {

    private TrainingMetadata() {}

    static Map<String, String> of(
            BaseModel base,
            DatasetPrepared event,
            PreparedDataset dataset,
            @Nullable TookEffect tookEffect,
            int step,
            Instant start,
            Instant now) {
        Recipe recipe = event.recipe();
        LoraMetadata metadata = LoraMetadata.of(
                        base.family(),
                        base.schedulerConfig().predictionType(),
                        recipe.network().rank(),
                        recipe.network().alpha())
                .name(event.name())
                .base(base.name(), base.sha256OfWeights())
                .trigger(recipe.subject().trigger())
                .trained(start, now)
                .described(description(event, base), usageHint(recipe, dataset));
        pictures(metadata, event.name(), dataset, recipe);
        optimisation(metadata, dataset, recipe, step);
        own(metadata, base, event, dataset, step);
        if (tookEffect != null) {
            metadata.own("effective", Json.write(tookEffect.inShort()));
        }
        return metadata.toMap();
    }

    private static String description(DatasetPrepared event, BaseModel base) {
        return "A DreamBooth LoRA of %s (%s) for %s, trained by Athanor."
                .formatted(event.name(), event.recipe().subject().classNoun(), base.name());
    }

    private static String usageHint(Recipe recipe, PreparedDataset dataset) {
        String sizes = TrainedSizes.of(dataset).stream().map(Size::toString).collect(Collectors.joining(", "));
        return "for example \"%s\", at %s, where it was trained."
                .formatted(recipe.subject().instancePrompt(), sizes);
    }

    private static void pictures(LoraMetadata metadata, String name, PreparedDataset dataset, Recipe recipe) {
        Size most = TrainedSizes.of(dataset).stream()
                .findFirst()
                .orElse(recipe.training().bucketArea());
        Map<String, Integer> captions = new TreeMap<>();
        dataset.instances().forEach(picture -> captions.merge(picture.caption(), 1, Integer::sum));
        int classPictures = dataset.classPictures().size();
        metadata.resolution(most.width(), most.height())
                .buckets(TrainedSizes.count(dataset).entrySet().stream()
                        .map(entry -> new LoraMetadata.Bucket(
                                entry.getKey().width(), entry.getKey().height(), entry.getValue()))
                        .toList())
                .pictures(
                        List.of(new LoraMetadata.PictureSet(
                                name, 1, dataset.instances().size())),
                        classPictures == 0
                                ? List.of()
                                : List.of(new LoraMetadata.PictureSet("class", 1, classPictures)))
                .captions(Map.of(name, captions));
    }

    private static void optimisation(LoraMetadata metadata, PreparedDataset dataset, Recipe recipe, int step) {
        Recipe.Training training = recipe.training();
        Recipe.Network network = recipe.network();
        int batches = Math.max(
                1, ceilDiv(dataset.instances().size(), training.batchSize() * training.gradientAccumulation()));
        metadata.kohya("learning_rate", training.learningRate())
                .kohya("unet_lr", training.learningRate())
                .kohya("text_encoder_lr", network.textEncoder() ? training.textEncoderLearningRate() : null)
                .kohya("network_args", networkArguments(network))
                .kohya("network_dropout", network.dropout())
                .kohya("optimizer", optimizer(training.optimizer()))
                .kohya("lr_scheduler", training.schedule().name().toLowerCase(Locale.ROOT))
                .kohya("lr_warmup_steps", training.warmupSteps())
                .kohya("max_grad_norm", training.maxGradNorm())
                .kohya("seed", training.seed())
                .kohya("steps", step)
                .kohya("max_train_steps", training.steps())
                .kohya("epoch", ceilDiv(step, batches))
                .kohya("num_epochs", ceilDiv(training.steps(), batches))
                .kohya("num_batches_per_epoch", batches)
                .kohya("batch_size_per_device", training.batchSize())
                .kohya("total_batch_size", training.batchSize() * training.gradientAccumulation())
                .kohya("gradient_accumulation_steps", training.gradientAccumulation())
                .kohya("prior_loss_weight", recipe.prior().weight())
                .kohya("min_snr_gamma", training.minSnrGamma() > 0 ? training.minSnrGamma() : null)
                .kohya("noise_offset", training.noiseOffset() > 0 ? training.noiseOffset() : null)
                .kohya("zero_terminal_snr", Boolean.TRUE.equals(training.zeroTerminalSnr()))
                .kohya("loss_type", training.huber() == null ? "l2" : "huber")
                .kohya("huber_c", training.huber())
                .kohya("caption_dropout_rate", training.captionDropout())
                .kohya("caption_tag_dropout_rate", Recipe.orNone(training.captionTagDropout()))
                .kohya("keep_tokens", 1)
                .kohya("cache_latents", true)
                .kohya("clip_skip", null);
    }

    private static void own(
            LoraMetadata metadata, BaseModel base, DatasetPrepared event, PreparedDataset dataset, int step) {
        Recipe recipe = event.recipe();
        metadata.own("run", event.runId())
                .own("base_path", base.path())
                .own("steps", step)
                .own(
                        "trained_sizes",
                        TrainedSizes.of(dataset).stream().map(Size::toString).collect(Collectors.joining(",")))
                .own("framings", dataset.framings().isEmpty() ? null : Json.write(dataset.framings()))
                .own("plan", planned(dataset))
                .own("trigger", recipe.subject().trigger())
                .own("class_noun", recipe.subject().classNoun())
                .own("prompted_by", recipe.subject().promptedBy())
                .own("prior_mode", recipe.prior().mode())
                .own("recipe", Json.write(recipe));
    }

    /** Without its pictures, whose names are nobody's who is given the LoRA. */
    private static @Nullable String planned(PreparedDataset dataset) {
        PlanView plan = dataset.plan().memory();
        return plan == null ? null : Json.write(plan.withoutPictures());
    }

    /** As Python calls the classes that compute the same. */
    private static String optimizer(@Nullable Optimizer optimizer) {
        if (optimizer == null) {
            return "torch.optim.adamw.AdamW";
        }
        return switch (optimizer) {
            case ADAMW -> "torch.optim.adamw.AdamW";
            case PRODIGY -> "prodigyopt.prodigy.Prodigy";
            case PRODIGY_SCHEDULE_FREE -> "prodigyplus.prodigy_plus_schedulefree.ProdigyPlusScheduleFree";
        };
    }

    /** What kohya's LoRA only does when told so. */
    private static String networkArguments(Recipe.Network network) {
        Map<String, Object> arguments = new TreeMap<>();
        if (network.targets() == Targets.WITH_CONVOLUTIONS) {
            arguments.put("conv_dim", network.rank());
            arguments.put("conv_alpha", network.alpha());
        }
        if (network.rankDropout() != null) {
            arguments.put("rank_dropout", network.rankDropout());
        }
        if (network.moduleDropout() != null) {
            arguments.put("module_dropout", network.moduleDropout());
        }
        return Json.write(arguments);
    }

    private static int ceilDiv(int amount, int by) {
        return (amount + by - 1) / by;
    }
}
