import { handleLocalAuth } from "@/lib/local-auth/handler";

export { handleLocalAuth as DELETE, handleLocalAuth as GET, handleLocalAuth as POST, handleLocalAuth as PUT };
