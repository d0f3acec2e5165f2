
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  
  "public": {
          Tables: {
            "availability": {
                  Row: {
                    "available": number,"committed": number,"held": number,"on_hand": number,"safety": number,"updated_at": string,"variant_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "available"?: number,"committed"?: number,"held"?: number,"on_hand"?: number,"safety"?: number,"updated_at"?: string,"variant_id": string,"version"?: number
                  }
                  Update: {
                    "available"?: number,"committed"?: number,"held"?: number,"on_hand"?: number,"safety"?: number,"updated_at"?: string,"variant_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "availability_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "availability_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"categories": {
                  Row: {
                    "blurb": string,"position": number,"slug": string,"title": string
                  }
                  ComputedFields: never
                  Insert: {
                    "blurb"?: string,"position"?: number,"slug": string,"title": string
                  }
                  Update: {
                    "blurb"?: string,"position"?: number,"slug"?: string,"title"?: string
                  }
                  Relationships: [
                    
                  ]
                },"imports": {
                  Row: {
                    "actor": string,"applied_at": string | null,"created_at": string,"document": string,"file_name": string,"id": string,"location_id": string,"number": number,"problems": NonNullable<Json>,"summary": Json | null,"warnings": (string)[]
                  }
                  ComputedFields: never
                  Insert: {
                    "actor"?: string,"applied_at"?: string | null,"created_at"?: string,"document"?: never,"file_name": string,"id"?: string,"location_id": string,"number"?: never,"problems"?: NonNullable<Json>,"summary"?: Json | null,"warnings"?: (string)[]
                  }
                  Update: {
                    "actor"?: string,"applied_at"?: string | null,"created_at"?: string,"document"?: never,"file_name"?: string,"id"?: string,"location_id"?: string,"number"?: never,"problems"?: NonNullable<Json>,"summary"?: Json | null,"warnings"?: (string)[]
                  }
                  Relationships: [
                    {
      foreignKeyName: "imports_location_id_fkey"
      columns: ["location_id"]
isOneToOne: false
      referencedRelation: "locations"
      referencedColumns: ["id"]
    }
                  ]
                },"inventory_index": {
                  Row: {
                    "category": string,"position": number,"title": string,"variant_id": string,"words": string
                  }
                  ComputedFields: never
                  Insert: {
                    "category": string,"position": number,"title": string,"variant_id": string,"words": string
                  }
                  Update: {
                    "category"?: string,"position"?: number,"title"?: string,"variant_id"?: string,"words"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "inventory_index_category_fkey"
      columns: ["category"]
isOneToOne: false
      referencedRelation: "categories"
      referencedColumns: ["slug"]
    },{
      foreignKeyName: "inventory_index_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "inventory_index_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"locations": {
                  Row: {
                    "active": boolean,"address": string,"id": string,"name": string,"position": number,"slug": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"address"?: string,"id"?: string,"name": string,"position"?: number,"slug": string
                  }
                  Update: {
                    "active"?: boolean,"address"?: string,"id"?: string,"name"?: string,"position"?: number,"slug"?: string
                  }
                  Relationships: [
                    
                  ]
                },"product_media": {
                  Row: {
                    "alt": string,"id": string,"position": number,"product_id": string,"src": string,"variant_id": string | null
                  }
                  ComputedFields: never
                  Insert: {
                    "alt"?: string,"id"?: string,"position": number,"product_id": string,"src": string,"variant_id"?: string | null
                  }
                  Update: {
                    "alt"?: string,"id"?: string,"position"?: number,"product_id"?: string,"src"?: string,"variant_id"?: string | null
                  }
                  Relationships: [
                    {
      foreignKeyName: "product_media_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["product_id"]
    },{
      foreignKeyName: "product_media_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "products"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "product_media_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "product_media_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"products": {
                  Row: {
                    "category": string,"created_at": string,"description_html": string,"handle": string,"id": string,"limited": boolean,"option_names": (string)[],"position": number,"status": Database["public"]['Enums']["product_status"],"tags": (string)[],"title": string,"updated_at": string,"vendor": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "category": string,"created_at"?: string,"description_html"?: string,"handle": string,"id"?: string,"limited"?: boolean,"option_names"?: (string)[],"position"?: number,"status"?: Database["public"]['Enums']["product_status"],"tags"?: (string)[],"title": string,"updated_at"?: string,"vendor"?: string,"version"?: number
                  }
                  Update: {
                    "category"?: string,"created_at"?: string,"description_html"?: string,"handle"?: string,"id"?: string,"limited"?: boolean,"option_names"?: (string)[],"position"?: number,"status"?: Database["public"]['Enums']["product_status"],"tags"?: (string)[],"title"?: string,"updated_at"?: string,"vendor"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "products_category_fkey"
      columns: ["category"]
isOneToOne: false
      referencedRelation: "categories"
      referencedColumns: ["slug"]
    }
                  ]
                },"shelf": {
                  Row: {
                    "band": Database["public"]['Enums']["shelf_band"],"left": number | null,"product_id": string,"updated_at": string,"variant_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "band": Database["public"]['Enums']["shelf_band"],"left"?: number | null,"product_id": string,"updated_at"?: string,"variant_id": string,"version"?: number
                  }
                  Update: {
                    "band"?: Database["public"]['Enums']["shelf_band"],"left"?: number | null,"product_id"?: string,"updated_at"?: string,"variant_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "shelf_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["product_id"]
    },{
      foreignKeyName: "shelf_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "products"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "shelf_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "shelf_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: true
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"shop_settings": {
                  Row: {
                    "currency": string,"low_stock_at": number,"only_row": boolean
                  }
                  ComputedFields: never
                  Insert: {
                    "currency"?: string,"low_stock_at"?: number,"only_row"?: boolean
                  }
                  Update: {
                    "currency"?: string,"low_stock_at"?: number,"only_row"?: boolean
                  }
                  Relationships: [
                    
                  ]
                },"staff": {
                  Row: {
                    "active": boolean,"created_at": string,"email": string,"name": string,"role": Database["public"]['Enums']["staff_role"],"user_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"created_at"?: string,"email": string,"name": string,"role": Database["public"]['Enums']["staff_role"],"user_id": string
                  }
                  Update: {
                    "active"?: boolean,"created_at"?: string,"email"?: string,"name"?: string,"role"?: Database["public"]['Enums']["staff_role"],"user_id"?: string
                  }
                  Relationships: [
                    
                  ]
                },"stock_levels": {
                  Row: {
                    "available": number,"committed": number,"held": number,"ledger_position": number,"location_id": string,"on_hand": number,"safety": number,"updated_at": string,"variant_id": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "available"?: number,"committed"?: number,"held"?: number,"ledger_position"?: number,"location_id": string,"on_hand"?: number,"safety"?: number,"updated_at"?: string,"variant_id": string,"version"?: number
                  }
                  Update: {
                    "available"?: number,"committed"?: number,"held"?: number,"ledger_position"?: number,"location_id"?: string,"on_hand"?: number,"safety"?: number,"updated_at"?: string,"variant_id"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "stock_levels_location_id_fkey"
      columns: ["location_id"]
isOneToOne: false
      referencedRelation: "locations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "stock_levels_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "stock_levels_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"stock_movements": {
                  Row: {
                    "actor": string,"created_at": string,"delta": number,"document": string | null,"id": number,"location_id": string,"note": string | null,"reason": Database["public"]['Enums']["movement_reason"],"variant_id": string
                  }
                  ComputedFields: never
                  Insert: {
                    "actor"?: string,"created_at"?: string,"delta": number,"document"?: string | null,"id"?: never,"location_id": string,"note"?: string | null,"reason": Database["public"]['Enums']["movement_reason"],"variant_id": string
                  }
                  Update: {
                    "actor"?: string,"created_at"?: string,"delta"?: number,"document"?: string | null,"id"?: never,"location_id"?: string,"note"?: string | null,"reason"?: Database["public"]['Enums']["movement_reason"],"variant_id"?: string
                  }
                  Relationships: [
                    {
      foreignKeyName: "stock_movements_location_id_fkey"
      columns: ["location_id"]
isOneToOne: false
      referencedRelation: "locations"
      referencedColumns: ["id"]
    },{
      foreignKeyName: "stock_movements_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["variant_id"]
    },{
      foreignKeyName: "stock_movements_variant_id_fkey"
      columns: ["variant_id"]
isOneToOne: false
      referencedRelation: "variants"
      referencedColumns: ["id"]
    }
                  ]
                },"variants": {
                  Row: {
                    "active": boolean,"barcode": string | null,"compare_at_minor": number | null,"created_at": string,"currency": string,"id": string,"option_values": (string)[],"position": number,"price_minor": number,"product_id": string,"sku": string,"updated_at": string,"version": number
                  }
                  ComputedFields: never
                  Insert: {
                    "active"?: boolean,"barcode"?: string | null,"compare_at_minor"?: number | null,"created_at"?: string,"currency"?: string,"id"?: string,"option_values"?: (string)[],"position"?: number,"price_minor": number,"product_id": string,"sku": string,"updated_at"?: string,"version"?: number
                  }
                  Update: {
                    "active"?: boolean,"barcode"?: string | null,"compare_at_minor"?: number | null,"created_at"?: string,"currency"?: string,"id"?: string,"option_values"?: (string)[],"position"?: number,"price_minor"?: number,"product_id"?: string,"sku"?: string,"updated_at"?: string,"version"?: number
                  }
                  Relationships: [
                    {
      foreignKeyName: "variants_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "inventory"
      referencedColumns: ["product_id"]
    },{
      foreignKeyName: "variants_product_id_fkey"
      columns: ["product_id"]
isOneToOne: false
      referencedRelation: "products"
      referencedColumns: ["id"]
    }
                  ]
                }
          }
          Views: {
            "inventory": {
                  Row: {
                    "active": boolean,"band": Database["public"]['Enums']["shelf_band"],"barcode": string | null,"category": string,"handle": string,"levels": Json | null,"option_names": (string)[],"option_values": (string)[],"picture": string | null,"product_id": string,"sku": string,"status": Database["public"]['Enums']["product_status"],"title": string,"variant_id": string
                  }
                  ComputedFields: never
                  Relationships: [
                    {
      foreignKeyName: "products_category_fkey"
      columns: ["category"]
isOneToOne: false
      referencedRelation: "categories"
      referencedColumns: ["slug"]
    }
                  ]
                }
          }
          Functions: {
            "adjust_stock":
{ Args: { "delta": number,"document"?: string,"idempotency_key": string,"location_id": string,"note"?: string,"reason": Database["public"]['Enums']["movement_reason"],"variant_id": string }; Returns: {
              "available": number,
"committed": number,
"held": number,
"ledger_position": number,
"location_id": string,
"on_hand": number,
"safety": number,
"updated_at": string,
"variant_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "stock_levels"
        isOneToOne: true
        isSetofReturn: false
      } },
"apply_import":
{ Args: { "idempotency_key": string,"import_id": string,"seen"?: string }; Returns: {
              "actor": string,
"applied_at": string | null,
"created_at": string,
"document": string,
"file_name": string,
"id": string,
"location_id": string,
"number": number,
"problems": NonNullable<Json>,
"summary": Json | null,
"warnings": (string)[]
            }
                          SetofOptions: {
        from: "*"
        to: "imports"
        isOneToOne: true
        isSetofReturn: false
      } },
"begin_import":
{ Args: { "file_name": string,"idempotency_key": string,"location_id"?: string,"problems"?: Json,"warnings"?: (string)[] }; Returns: {
              "actor": string,
"applied_at": string | null,
"created_at": string,
"document": string,
"file_name": string,
"id": string,
"location_id": string,
"number": number,
"problems": NonNullable<Json>,
"summary": Json | null,
"warnings": (string)[]
            }
                          SetofOptions: {
        from: "*"
        to: "imports"
        isOneToOne: true
        isSetofReturn: false
      } },
"discard_import":
{ Args: { "import_id": string }; Returns: boolean
                           },
"preview_import":
{ Args: { "first_changes"?: number,"import_id": string }; Returns: Json
                           },
"receive_stock":
{ Args: { "document": string,"idempotency_key": string,"lines": Json,"location_id": string,"note"?: string }; Returns: {
              "available": number,
"committed": number,
"held": number,
"ledger_position": number,
"location_id": string,
"on_hand": number,
"safety": number,
"updated_at": string,
"variant_id": string,
"version": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "stock_levels"
        isOneToOne: false
        isSetofReturn: true
      } },
"recount_stock":
{ Args: { "counted": number,"document"?: string,"expected": number,"idempotency_key": string,"ledger_position"?: number,"location_id": string,"note"?: string,"variant_id": string }; Returns: {
              "available": number,
"committed": number,
"held": number,
"ledger_position": number,
"location_id": string,
"on_hand": number,
"safety": number,
"updated_at": string,
"variant_id": string,
"version": number
            }
                          SetofOptions: {
        from: "*"
        to: "stock_levels"
        isOneToOne: true
        isSetofReturn: false
      } },
"search_inventory":
{ Args: { "after"?: string,"band"?: Database["public"]['Enums']["shelf_band"],"category"?: string,"location_id"?: string,"query"?: string,"size"?: number }; Returns: {
              "active": boolean,
"band": Database["public"]['Enums']["shelf_band"],
"barcode": string | null,
"category": string,
"handle": string,
"levels": Json | null,
"option_names": (string)[],
"option_values": (string)[],
"picture": string | null,
"product_id": string,
"sku": string,
"status": Database["public"]['Enums']["product_status"],
"title": string,
"variant_id": string
            }[]
                          SetofOptions: {
        from: "*"
        to: "inventory"
        isOneToOne: false
        isSetofReturn: true
      } },
"stage_import":
{ Args: { "import_id": string,"products": Json }; Returns: number
                           },
"transfer_stock":
{ Args: { "document"?: string,"from_location_id": string,"idempotency_key": string,"lines": Json,"note"?: string,"to_location_id": string }; Returns: {
              "available": number,
"committed": number,
"held": number,
"ledger_position": number,
"location_id": string,
"on_hand": number,
"safety": number,
"updated_at": string,
"variant_id": string,
"version": number
            }[]
                          SetofOptions: {
        from: "*"
        to: "stock_levels"
        isOneToOne: false
        isSetofReturn: true
      } },
"verify_inventory":
{ Args: Record<PropertyKey, never>; Returns: {
              "actual": Json,"aggregate": string,"expected": Json,"location_id": string,"variant_id": string
            }[]
                           }
          }
          Enums: {
            "movement_reason": "receive"|"recount"|"damage"|"return"|"correction"|"transfer"|"import","product_status": "draft"|"active"|"archived","shelf_band": "in"|"low"|"out"|"unlisted","staff_role": "viewer"|"stock"|"manager"
          }
          CompositeTypes: {
            [_ in never]: never
          }
        }
}

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, "public">]

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Views"])[TableName] extends {
      Row: infer R
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema["Tables"] & DefaultSchema["Views"])
  ? (DefaultSchema["Tables"] & DefaultSchema["Views"])[DefaultSchemaTableNameOrOptions] extends {
      Row: infer R
    }
    ? R
    : never
  : never

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Insert: infer I
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Insert: infer I
    }
    ? I
    : never
  : never

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    | keyof DefaultSchema["Tables"]
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"]
    : never = never
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions["schema"]]["Tables"][TableName] extends {
      Update: infer U
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema["Tables"]
  ? DefaultSchema["Tables"][DefaultSchemaTableNameOrOptions] extends {
      Update: infer U
    }
    ? U
    : never
  : never

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    | keyof DefaultSchema["Enums"]
    | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"]
    : never = never
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions["schema"]]["Enums"][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema["Enums"]
  ? DefaultSchema["Enums"][DefaultSchemaEnumNameOrOptions]
  : never

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema["CompositeTypes"]
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"]
    : never = never
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions["schema"]]["CompositeTypes"][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema["CompositeTypes"]
  ? DefaultSchema["CompositeTypes"][PublicCompositeTypeNameOrOptions]
  : never

export const Constants = {
  "public": {
          Enums: {
            "movement_reason": ["receive", "recount", "damage", "return", "correction", "transfer", "import"],"product_status": ["draft", "active", "archived"],"shelf_band": ["in", "low", "out", "unlisted"],"staff_role": ["viewer", "stock", "manager"]
          }
        }
} as const
