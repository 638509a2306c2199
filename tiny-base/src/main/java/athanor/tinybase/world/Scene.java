package athanor.tinybase.world;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides a picture of the world; {@link Painter} turns it into pixels, {@link Captions} into words.
 *
 * @param hairStyle fits the gender
 * @param subject takes the place of the head, or null for a person of the world
 */
public record Scene(
        Gender gender,
        HairColour hair,
        HairStyle hairStyle,
        Accessory accessory,
        Shirt shirt,
        Trousers trousers,
        Pose pose,
        Skin skin,
        Place place,
        Framing framing,
        Jitter jitter,
        @Nullable Subject subject) {

    /** @return a person of the world; glasses and hats one in five each */
    public static Scene random(Random random) {
        Gender gender = pick(Gender.values(), random);
        int accessory = random.nextInt(5);
        return new Scene(
                gender,
                pick(HairColour.values(), random),
                HairStyle.of(gender, random.nextInt(3)),
                accessory == 3 ? Accessory.GLASSES : accessory == 4 ? Accessory.HAT : Accessory.NONE,
                pick(Shirt.values(), random),
                pick(Trousers.values(), random),
                pick(Pose.values(), random),
                pick(Skin.values(), random),
                pick(Place.values(), random),
                pick(Framing.values(), random),
                Jitter.random(random),
                null);
    }

    /** @return a random scene that is or is not of the held-out combinations */
    public static Scene random(Random random, boolean heldOut) {
        Scene scene = random(random);
        while (scene.heldOut() != heldOut) {
            scene = random(random);
        }
        return scene;
    }

    /**
     * Whether this combination is kept from pretraining, to tell following a caption from remembering it: 12 of the 120
     * combinations of hair colour, shirt and place, chosen so that each single hair colour, shirt and place is among them
     * two or three times and still is seen in training in all its other combinations.
     */
    public boolean heldOut() {
        return (2 * hair.ordinal() + shirt.ordinal() + 3 * place.ordinal()) % 10 == 1;
    }

    /** @return the same scene with the subject's head; subjects wear neither hat nor glasses */
    public Scene of(Subject who) {
        return new Scene(
                gender, hair, hairStyle, Accessory.NONE, shirt, trousers, pose, skin, place, framing, jitter, who);
    }

    public Scene with(Framing other) {
        return new Scene(
                gender, hair, hairStyle, accessory, shirt, trousers, pose, skin, place, other, jitter, subject);
    }

    public Scene with(Place other) {
        return new Scene(
                gender, hair, hairStyle, accessory, shirt, trousers, pose, skin, other, framing, jitter, subject);
    }

    public Scene with(Pose other) {
        return new Scene(
                gender, hair, hairStyle, accessory, shirt, trousers, other, skin, place, framing, jitter, subject);
    }

    public Scene with(Shirt other) {
        return new Scene(
                gender, hair, hairStyle, accessory, other, trousers, pose, skin, place, framing, jitter, subject);
    }

    public Scene with(Accessory other) {
        return new Scene(gender, hair, hairStyle, other, shirt, trousers, pose, skin, place, framing, jitter, subject);
    }

    public Scene with(Jitter other) {
        return new Scene(
                gender, hair, hairStyle, accessory, shirt, trousers, pose, skin, place, framing, other, subject);
    }

    /** @return the same scene with a person of that gender, whose hair style is the counterpart */
    public Scene with(Gender other) {
        return new Scene(
                other,
                hair,
                HairStyle.of(other, hairStyle.ordinal() % 3),
                accessory,
                shirt,
                trousers,
                pose,
                skin,
                place,
                framing,
                jitter,
                subject);
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
