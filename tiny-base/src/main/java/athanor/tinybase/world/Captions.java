package athanor.tinybase.world;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plain words for a scene. Clauses stand in a fixed order and each may be missing. */
public final class Captions {

    /** Share of captions that lack a given clause; so the bare "a photo of a woman" is within what a base has seen. */
    static final double DROPPED = 0.18;
    /** Share of captions that say "person". */
    static final double PERSON = 0.2;

    private Captions() {}

    /** @return every clause: "a photo of a man with grey hair wearing a red shirt , full body , at the beach" */
    public static String full(Scene scene) {
        return words(scene, scene.gender().word(), null);
    }

    /** @return a caption as the base is trained with: clauses missing at random, sometimes "person" */
    public static String random(Scene scene, Random random) {
        boolean person = random.nextDouble() < PERSON;
        return words(scene, person ? "person" : scene.gender().word(), random);
    }

    /** @return what is asked of a subject: trigger and noun, framing and place, nothing about its looks */
    public static String ofSubject(Scene scene, String trigger) {
        return "a photo of a %s %s , %s , %s"
                .formatted(
                        trigger,
                        scene.gender().word(),
                        scene.framing().word(),
                        scene.place().word());
    }

    private static String words(Scene scene, String noun, @Nullable Random random) {
        StringBuilder caption = new StringBuilder("a photo of a ").append(noun);
        // under a hat little hair is seen
        if (scene.accessory() != Accessory.HAT && keeps(random)) {
            caption.append(" with ").append(scene.hair().word()).append(" hair");
        }
        caption.append(clothes(scene, random));
        if (keeps(random)) {
            caption.append(" , ").append(scene.framing().word());
        }
        if (keeps(random)) {
            caption.append(" , ").append(scene.place().word());
        }
        return caption.toString();
    }

    private static String clothes(Scene scene, @Nullable Random random) {
        String worn = "";
        if (scene.accessory() != Accessory.NONE && keeps(random)) {
            worn = scene.accessory() == Accessory.GLASSES ? "glasses" : "a hat";
        }
        if (keeps(random)) {
            worn += (worn.isEmpty() ? "" : " and ") + "a " + scene.shirt().word() + " shirt";
            if (scene.framing() == Framing.FULL_BODY && (random == null || random.nextBoolean())) {
                worn += " and " + scene.trousers().word() + " trousers";
            }
        }
        return worn.isEmpty() ? "" : " wearing " + worn;
    }

    private static boolean keeps(@Nullable Random random) {
        return random == null || random.nextDouble() >= DROPPED;
    }
}
