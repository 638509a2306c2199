package athanor.preprocess.plan;

import athanor.contracts.Size;
import athanor.contracts.recipe.PriorMode;
import athanor.contracts.recipe.PromptedBy;
import athanor.contracts.recipe.Recipe;
import athanor.plan.HeadWarnings;
import athanor.plan.buckets.BucketGrid;
import athanor.plan.buckets.BucketRule;
import athanor.plan.buckets.Placement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the owner of a run should know before it trains, the gravest first. Sentences, each with what to do. */
public final class PlanWarnings {

    /** Below this a LoRA learns the pictures rather than the subject; the DreamBooth paper uses three to five. */
    private static final int FEW_PICTURES = 5;

    /** Loss by cutting that is worth a look, share of the scaled picture. */
    private static final double LARGE_CUT = 0.15;

    /** Pixels kept on average below which a larger training size is worth naming. */
    private static final double MUCH_LOST = 0.5;

    private static final int QUOTED_CHARACTERS = 60;
    /** Learning rate times alpha / rank at which AdamW's steps are as large as the factors themselves. */
    private static final double WILD_RATE = 0.1;

    private static final double IDLE_SCALE = 1e-3;

    private PlanWarnings() {}

    public static List<String> of(Recipe recipe, List<PlacedPicture> pictures, int classPictures) {
        return of(recipe, pictures, classPictures, false);
    }

    /** @param given whether the class pictures came with the run, and so are as many as they are */
    public static List<String> of(Recipe recipe, List<PlacedPicture> pictures, int classPictures, boolean given) {
        List<String> warnings = new ArrayList<>();
        aboutLearning(recipe, warnings);
        aboutPrior(recipe, pictures.size(), classPictures, given, warnings);
        aboutNumber(pictures.size(), warnings);
        // Of heads it is known how they show anybody; the choice of instances says what that is worth.
        warnings.addAll(FramingWarnings.of(
                pictures.stream().filter(picture -> !picture.isHead()).toList()));
        aboutSizes(recipe.training().bucketArea(), pictures, warnings);
        aboutBuckets(recipe.training().batchSize(), pictures, warnings);
        aboutCuts(recipe.subject(), pictures, warnings);
        return List.copyOf(warnings);
    }

    /** Values that are allowed one by one and with which nothing, or nothing good, can be learned. */
    private static void aboutLearning(Recipe recipe, List<String> warnings) {
        Recipe.Training training = recipe.training();
        Recipe.Network network = recipe.network();
        double scale = network.alpha() / network.rank();
        double fastest = network.textEncoder()
                ? Math.max(training.learningRate(), training.textEncoderLearningRate())
                : training.learningRate();
        if (fastest == 0) {
            warnings.add("the learning rate is 0: nothing will be learned; set training.learningRate, 1e-4 is common");
        } else if (fastest * scale > WILD_RATE) {
            warnings.add(("a learning rate of %s with alpha / rank of %s makes steps so large that a training usually"
                            + " diverges; lower training.learningRate, 1e-4 is common")
                    .formatted(number(fastest), number(scale)));
        }
        if (scale < IDLE_SCALE) {
            warnings.add(("network.alpha %s at network.rank %d makes the LoRA count %s times (alpha / rank): it will"
                            + " learn next to nothing; alpha is usually between 1 and the rank")
                    .formatted(number(network.alpha()), network.rank(), number(scale)));
        }
        if (training.warmupSteps() >= training.steps() && training.steps() > 1) {
            warnings.add(("%d steps of warm-up for %d steps of training: the learning rate is never reached; lower"
                            + " training.warmupSteps")
                    .formatted(training.warmupSteps(), training.steps()));
        }
        if (training.captionDropout() == 1) {
            warnings.add(("every caption is left empty: no word will call the subject; training.captionDropout=0.1 is"
                    + " common"));
        }
    }

    private static String number(double value) {
        return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    private static void aboutPrior(
            Recipe recipe, int instances, int classPictures, boolean given, List<String> warnings) {
        String noun = recipe.subject().classNoun();
        PriorMode mode = recipe.prior().mode();
        boolean off = mode == PriorMode.OFF || recipe.prior().weight() == 0;
        boolean byClassWord = recipe.subject().promptedBy() == PromptedBy.CLASS_WORD;
        if (off && recipe.network().textEncoder()) {
            warnings.add(("prior preservation is off and the text encoder is trained: this is plain fine-tuning, and"
                            + " every %s will come out as the subject; set prior.mode=CLASS_PICTURES or"
                            + " network.textEncoder=false unless that is wanted")
                    .formatted(noun));
        } else if (off && !byClassWord) {
            warnings.add(("prior preservation is off: nothing keeps an ordinary %s as it was, and the class will drift"
                            + " towards the subject; set prior.mode=CLASS_PICTURES unless that is wanted")
                    .formatted(noun));
        }
        if (!off && byClassWord && !mode.pairsHeads()) {
            warnings.add(("the subject is to be called by the word '%s' alone while prior preservation holds on to what"
                            + " that word meant: the two pull against each other; set prior.mode=OFF, or"
                            + " subject.promptedBy=TOKEN")
                    .formatted(noun));
        }
        if (!byClassWord && mode.pairsHeads()) {
            warnings.add(
                    ("the heads stand against whole pictures of the subject, so that the word '%s' becomes the subject, and"
                                    + " the trigger a large head; this is for LoRAs that are called by the class word: set"
                                    + " subject.promptedBy=CLASS_WORD, or instances=heads-and-wholes with prior.mode=CLASS_PICTURES")
                            .formatted(noun));
        }
        if (given) {
            return;
        }
        if (mode == PriorMode.CLASS_PICTURES && classPictures < instances) {
            warnings.add(("%d class pictures for %d instance pictures: some will repeat within a round; two or more for"
                            + " each instance keep the class better (prior.classPictures=%d)")
                    .formatted(classPictures, instances, 2 * instances));
        }
        if (mode == PriorMode.CLASS_PICTURES && classPictures > recipe.prior().classPictures()) {
            warnings.add(("%d class pictures are rendered instead of the %d asked for: the pictures train at many sizes"
                            + " and each size needs one of its own")
                    .formatted(classPictures, recipe.prior().classPictures()));
        }
    }

    private static void aboutNumber(int pictures, List<String> warnings) {
        if (pictures < FEW_PICTURES) {
            warnings.add(("only %d %s: the LoRA will learn pose, clothes and background with the subject; 8 to 20"
                            + " pictures that differ in everything but the subject work better")
                    .formatted(pictures, pictures == 1 ? "picture" : "pictures"));
        }
    }

    private static void aboutSizes(Size area, List<PlacedPicture> pictures, List<String> warnings) {
        int cell = BucketGrid.forArea(area).cell();
        for (PlacedPicture picture : pictures) {
            Placement placement = picture.placement();
            if (placement.upscaled()) {
                warnings.add(
                        "%s is %s: so small that it was enlarged to %s, the least that can be trained; find a larger one"
                                .formatted(picture.fileName(), placement.original(), placement.resized()));
            } else if (placement.original().pixels() < area.pixels()) {
                warnings.add("%s is %s: smaller than the area of %s; it was not enlarged and trains at %s"
                        .formatted(picture.fileName(), placement.original(), area, placement.bucket()));
            }
            if (placement.cropShare() > LARGE_CUT) {
                warnings.add("%s loses %.0f %% of its area to the cut from %s to %s: check that the subject is whole"
                        .formatted(
                                picture.fileName(),
                                100 * placement.cropShare(),
                                placement.resized(),
                                placement.bucket()));
            }
        }
        warnings.addAll(HeadWarnings.of(
                pictures.stream()
                        .flatMap(
                                any -> any
                                        .head()
                                        .map(head -> new HeadWarnings.Placed(any.fileName(), head, any.placement()))
                                        .stream())
                        .toList(),
                pictures.size(),
                cell));
        double kept = averageKept(pictures, area);
        if (kept < MUCH_LOST) {
            Size larger = new Size(2 * area.width(), 2 * area.height());
            warnings.add(
                    ("trained at %s the pictures keep %s of their pixels on average; a card and a base that take %s"
                                    + " would keep %s")
                            .formatted(area, percent(kept), larger, percent(averageKept(pictures, larger))));
        }
    }

    /** What is left of them after merging: a batch is filled up with the same pictures again. */
    private static void aboutBuckets(int batch, List<PlacedPicture> pictures, List<String> warnings) {
        Map<Size, List<String>> buckets =
                new TreeMap<>(Comparator.comparingInt(Size::width).thenComparingInt(Size::height));
        pictures.forEach(picture -> buckets.computeIfAbsent(picture.placement().bucket(), first -> new ArrayList<>())
                .add(picture.fileName()));
        buckets.forEach((size, names) -> {
            if (names.size() < batch && buckets.size() > 1) {
                warnings.add(
                        ("%s: alone at %s, fewer than the batch of %d, and shown %s times as often as the others; cut"
                                        + " %s to the shape of the others, or lower training.batchSize")
                                .formatted(
                                        String.join(", ", names),
                                        size,
                                        batch,
                                        number((double) batch / names.size()),
                                        names.size() == 1 ? "it" : "them"));
            }
        });
    }

    private static double averageKept(List<PlacedPicture> pictures, Size area) {
        BucketRule rule = BucketRule.forArea(area);
        return pictures.stream()
                .mapToDouble(
                        picture -> rule.place(picture.placement().original()).pixelsKept())
                .average()
                .orElse(1);
    }

    private static void aboutCuts(Recipe.Subject subject, List<PlacedPicture> pictures, List<String> warnings) {
        for (PlacedPicture picture : pictures) {
            picture.cut().ifPresent(cut -> {
                String sentence = "%s: the caption has %d tokens and this base reads %d; not read: \"%s\""
                        .formatted(picture.fileName(), cut.tokens(), cut.room(), shortened(cut.unread()));
                if (picture.caption().callsSubjectBefore(cut, subject)) {
                    warnings.add(sentence);
                } else {
                    // Graver than all else that is said of captions: the picture teaches nothing to the word it is
                    // called by.
                    String word = subject.promptedBy() == PromptedBy.TOKEN ? subject.trigger() : subject.classNoun();
                    warnings.add(0, "%s, and with it '%s': put that among the first words".formatted(sentence, word));
                }
            });
        }
    }

    private static String shortened(String text) {
        return text.length() <= QUOTED_CHARACTERS ? text : text.substring(0, QUOTED_CHARACTERS) + "...";
    }

    private static String percent(double share) {
        return share < 0.095
                ? String.format(Locale.ROOT, "%.1f %%", 100 * share)
                : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
