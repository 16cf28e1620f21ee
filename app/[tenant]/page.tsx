import { redirect } from "next/navigation";
import { paths } from "@/lib/paths";

interface TenantPageProps {
  params: Promise<{ tenant: string }>;
}

export default async function TenantPage({ params }: TenantPageProps) {
  redirect(paths.assistant((await params).tenant));
}
