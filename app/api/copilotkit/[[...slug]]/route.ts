import { handleCopilotRequest } from "@/lib/gateway/copilot-route";

export {
  handleCopilotRequest as DELETE,
  handleCopilotRequest as GET,
  handleCopilotRequest as OPTIONS,
  handleCopilotRequest as PATCH,
  handleCopilotRequest as POST,
  handleCopilotRequest as PUT,
};
