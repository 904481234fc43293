package siodiag.passive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What was learned of an application.
 *
 * @param flows flow files, the most used first; empty where nothing could be learned
 * @param notes what could not be learned, or is still to be filled in
 */
public record LearnedFlow(List<ObjectNode> flows, List<String> notes) {}
