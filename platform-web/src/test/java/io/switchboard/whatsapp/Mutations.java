package io.switchboard.whatsapp;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Breaks JSON in every place: a field gone, or a value of another type. */
public final class Mutations {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final List<JsonNode> STRANGE = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(-1),
            NODES.numberNode(1e300),
            NODES.stringNode(""),
            NODES.stringNode("\0"),
            NODES.stringNode("x".repeat(5000)),
            NODES.arrayNode(),
            NODES.arrayNode().add("x").add(NODES.nullNode()),
            NODES.objectNode(),
            NODES.objectNode().set("x", NODES.arrayNode()));

    private Mutations() {}

    public static List<JsonNode> of(JsonNode sound) {
        List<JsonNode> broken = new ArrayList<>();
        breakBelow(sound, sound, broken, "");
        return broken;
    }

    private static void breakBelow(JsonNode root, JsonNode at, List<JsonNode> broken, String pointer) {
        if (at instanceof ObjectNode object) {
            for (String name : object.propertyNames()) {
                String child = pointer + "/" + name;
                broken.add(changed(root, pointer, name, null));
                STRANGE.forEach(value -> broken.add(changed(root, pointer, name, value)));
                breakBelow(root, object.get(name), broken, child);
            }
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                breakBelow(root, array.get(i), broken, pointer + "/" + i);
            }
        }
    }

    private static JsonNode changed(JsonNode root, String parent, String name, JsonNode value) {
        JsonNode copy = JSON.readTree(root.toString());
        ObjectNode object = (ObjectNode) copy.at(parent);
        if (value == null) {
            object.remove(name);
        } else {
            object.set(name, value);
        }
        return copy;
    }
}
